import Foundation
import HuaweiCloud
import Testing

@Suite struct RetryAfterTests {
    private let now = Date(timeIntervalSince1970: 784_111_777)

    @Test(
        arguments: [
            ("0", 0), ("7", 7), (" 30 ", 30), ("Sun, 06 Nov 1994 08:49:47 GMT", 10), ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
            ("99999999999999999999999", 1_000_000_000), ("-1", nil), ("1.5", nil), ("soon", nil), ("", nil), ("+5", nil),
        ] as [(String, Int?)]
    )
    func wholeSecondsOrADate(value: String, seconds: Int?) {
        #expect(RetryAfter.delay(value, now: now) == seconds.map { .seconds($0) })
    }
}

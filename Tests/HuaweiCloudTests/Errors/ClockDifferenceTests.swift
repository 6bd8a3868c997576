import Foundation
import Testing

@testable import HuaweiCloud

@Suite struct ClockDifferenceTests {
    private let remote = Date(timeIntervalSince1970: 784_111_777)

    @Test(arguments: [
        (301, "5 minutes ahead of"), (-301, "5 minutes behind"), (1020, "17 minutes ahead of"), (-3600 * 8, "8 hours behind"),
        (86400 * 40, "40 days ahead of"),
    ])
    func statesTheDifference(seconds: Int, words: String) {
        let headers: HeaderList = ["date": "Sun, 06 Nov 1994 08:49:37 GMT"]
        #expect(ClockDifference.sentence(headers: headers, now: remote.addingTimeInterval(Double(seconds)))?.contains(words) == true)
    }

    @Test(arguments: [0, 300, -300])
    func saysNothingUpTo5Minutes(_ seconds: Int) {
        let headers: HeaderList = ["Date": "Sun, 06 Nov 1994 08:49:37 GMT"]
        #expect(ClockDifference.sentence(headers: headers, now: remote.addingTimeInterval(Double(seconds))) == nil)
    }

    @Test func saysNothingWithoutAReadableDate() {
        #expect(ClockDifference.sentence(headers: [:], now: remote) == nil)
        #expect(ClockDifference.sentence(headers: ["Date": "yesterday"], now: remote) == nil)
    }
}

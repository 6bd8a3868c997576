import Foundation
import ProcessSupport
import Testing

@Suite struct LogTimestampTests {
    @Test(
        "ISO 8601 with milliseconds and offset",
        arguments: [
            (0.0, 0, "1970-01-01T00:00:00.000+00:00"), (1_772_366_400.25, 0, "2026-03-01T12:00:00.250+00:00"),
            (1_772_366_400.25, 8 * 3600, "2026-03-01T20:00:00.250+08:00"),
            (1_772_366_400.0, -3600 * 3 - 1800, "2026-03-01T08:30:00.000-03:30"),
            (1_767_323_045.678, 0, "2026-01-02T03:04:05.678+00:00"),
            (-0.001, 0, "1969-12-31T23:59:59.999+00:00"), (951_782_400.0, 0, "2000-02-29T00:00:00.000+00:00"),
            (4_107_542_399.9996, 0, "2100-02-28T23:59:59.999+00:00"),
            (1e300, 0, "9999-12-31T00:00:00.000+00:00"),
        ]
    )
    func text(seconds: Double, offset: Int, expected: String) {
        #expect(LogTimestamp { _ in offset }.text(Date(timeIntervalSince1970: seconds)) == expected)
    }

    @Test("agrees with Foundation on many days")
    func calendar() {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: false)
        for day in stride(from: -30_000, to: 60_000, by: 37) {
            let date = Date(timeIntervalSince1970: Double(day) * 86400 + 3_723)
            #expect(LogTimestamp.utc.text(date).prefix(19) == style.format(date).prefix(19))
        }
    }

    @Test("follows TZ only when it is set")
    func zone() {
        let date = Date(timeIntervalSince1970: 0)
        #expect(LogTimestamp.following(Environment()).text(date).hasSuffix("+00:00"))
        #expect(LogTimestamp.following(Environment(["TZ": ""])).text(date).hasSuffix("+00:00"))
        #expect(LogTimestamp.following(Environment(["TZ": "x"])).text(date) == LogTimestamp.local.text(date))
    }
}

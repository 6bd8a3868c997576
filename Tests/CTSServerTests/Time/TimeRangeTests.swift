import CloudServer
import TestSupport
import Testing

@testable import CTSServer

/// The window of a search (cts.md §4).
@Suite struct TimeRangeTests {
    private static let now = Bench.now
    private static let reader = TimeText(now: now, zone: Fixtures.utc)
    private static let week = 604_800_000

    private func range(_ start: String?, _ end: String?) -> TimeRange? { try? TimeRange(start: start, end: end, reader: Self.reader) }

    private func error(_ start: String?, _ end: String?) -> ToolError? {
        do throws(ToolError) { _ = try TimeRange(start: start, end: end, reader: Self.reader) } catch { return error }
        return nil
    }

    @Test func theDefaultIsTheLastHour() {
        #expect(range(nil, nil) == TimeRange(from: Self.now - 3_600_000, to: Self.now))
        #expect(range(nil, "-1d") == TimeRange(from: Self.now - 90_000_000, to: Self.now - 86_400_000))
        #expect(range("-2d", nil) == TimeRange(from: Self.now - 172_800_000, to: Self.now))
    }

    @Test(
        arguments: [
            ("x", nil, "start_time"), (nil, "x", "end_time"), ("x", "y", "end_time"), (" ", nil, "start_time"), ("1", "-1d", "start_time"),
        ] as [(String?, String?, String)]
    )
    func anUnreadableTextIsToldWithItsParameterEndFirst(_ start: String?, _ end: String?, _ path: String) {
        let error = error(start, end)
        #expect(error?.code == "TIME_RANGE_INVALID")
        #expect(error?.details.map(\.path) == [path])
        #expect(error?.message.contains(path) == true)
        #expect(error?.retryable == nil)
    }

    @Test(arguments: [("-1h", "-1h"), ("now", nil), ("-1h", "-2h"), ("-30d", "-31d"), ("-9d", "-9d")] as [(String, String?)])
    func theStartMustBeBeforeTheEndAndThatIsCheckedBeforeTheAge(_ start: String, _ end: String?) {
        #expect(error(start, end)?.code == "TIME_RANGE_INVALID")
    }

    @Test(arguments: ["-8d", "-1000w", "2001-09-09T01:46:40Z", "1969-01-01"])
    func aStartOfMoreThanSevenDaysAgoIsTooOld(_ start: String) {
        let error = error(start, nil)
        #expect(error?.code == "TIME_RANGE_TOO_OLD")
        #expect(error?.message.contains("7 days") == true)
        #expect(error?.hint?.contains("OBS bucket") == true)
    }

    @Test func aStartThatFollowsFromAnOldEndIsTooOld() {
        #expect(error(nil, "-99999999d")?.code == "TIME_RANGE_TOO_OLD")
        #expect(error(nil, "1970-01-01T00:00:00Z")?.code == "TIME_RANGE_TOO_OLD")
    }

    @Test func fiveMinutesMoreThanSevenDaysAreSentAsTheyAre() {
        let oldest = Self.now - Self.week - 300_000
        #expect(range("\(oldest)", nil) == TimeRange(from: oldest, to: Self.now))
        #expect(range("-10085m", nil)?.from == oldest)
        #expect(error("\(oldest - 1)", nil)?.code == "TIME_RANGE_TOO_OLD")
    }

    @Test func anEndInTheFutureIsAccepted() {
        #expect(range("-1h", "2030-01-01T00:00:00Z")?.to == 1_893_456_000_000)
        #expect(range("2029-12-31", "2030-01-01")?.from == 1_893_369_600_000)
    }
}

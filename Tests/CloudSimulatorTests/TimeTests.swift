import Testing

@testable import CloudSimulator

@Suite struct TimeTests {
    @Test(arguments: [
        (0 as Int64, "1970-01-01T00:00:00.000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
        (951_782_400_123, "2000-02-29T00:00:00.123Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
        (1_768_464_930_999, "2026-01-15T08:15:30.999Z", "Thu, 15 Jan 2026 08:15:30 GMT"),
    ])
    func momentsAreWrittenAsTheVendorDoes(milliseconds: Int64, iso: String, http: String) {
        let moment = Timestamp(milliseconds: milliseconds)
        #expect(moment.iso8601Milliseconds == iso)
        #expect(moment.httpDate == http)
        #expect(Timestamp(iso8601: moment.iso8601)?.milliseconds == milliseconds / 1_000 * 1_000)
    }

    @Test(arguments: [
        "2026-02-30T00:00:00Z", "2026-01-15 08:15:30Z", "2026-01-15T08:15:30", "x026-01-15T08:15:30Z", "", "2026-01-15T24:00:00Z",
    ])
    func whatIsNoMomentIsRefused(text: String) { #expect(Timestamp(iso8601: text) == nil) }

    @Test func workRunsAtItsSpeedAndNeverBack() {
        let start = Timestamp(milliseconds: 1_000_000)
        let clock = WorkClock(speed: 4, now: start)
        #expect(clock.work(at: start.adding(seconds: 2)).milliseconds == 8_000)
        #expect(clock.work(at: start.adding(seconds: -2)).milliseconds == 0)
        #expect(clock.wall(of: WorkTime(milliseconds: 8_000)) == start.adding(seconds: 2))
    }

    @Test func whatWasJumpedOverHappenedAtTheJump() {
        let start = Timestamp(milliseconds: 1_000_000)
        var clock = WorkClock(speed: 1, now: start)
        clock.advance(milliseconds: 60_000, now: start.adding(seconds: 5))
        #expect(clock.work(at: start.adding(seconds: 6)).milliseconds == 66_000)
        #expect(clock.wall(of: WorkTime(milliseconds: 30_000)) == start.adding(seconds: 5))
        #expect(clock.wall(of: WorkTime(milliseconds: 66_000)) == start.adding(seconds: 6))
    }

    @Test func aStoppedClockCanStillBeAdvanced() {
        let start = Timestamp(milliseconds: 0)
        var clock = WorkClock(speed: 0, now: start)
        #expect(clock.work(at: start.adding(seconds: 100)).milliseconds == 0)
        clock.advance(milliseconds: 5_000, now: start)
        #expect(clock.work(at: start.adding(seconds: 100)).milliseconds == 5_000)
    }
}

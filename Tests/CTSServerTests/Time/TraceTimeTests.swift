import Testing

@testable import CTSServer

/// Times as results show them (cts.md §1).
@Suite struct TraceTimeTests {
    @Test(arguments: [
        (1_768_464_930_999, "2026-01-15 16:15:30 +0800"), (0, "1970-01-01 08:00:00 +0800"), (-1, "1970-01-01 07:59:59 +0800"),
        (999, "1970-01-01 08:00:00 +0800"),
        (-57_600_001, "1969-12-31 15:59:59 +0800"),
    ])
    func aTimeIsShownInTheZoneWithItsSecondsCutOff(_ milliseconds: Int, _ text: String) {
        #expect(TraceTime.text(milliseconds: milliseconds, in: Fixtures.shanghai) == text)
    }

    @Test func theOffsetIsTheOneInForceThen() {
        #expect(TraceTime.text(milliseconds: 1_781_964_000_000, in: Fixtures.newYork) == "2026-06-20 10:00:00 -0400")
        #expect(TraceTime.text(milliseconds: 1_768_464_930_000, in: Fixtures.newYork) == "2026-01-15 03:15:30 -0500")
        let kathmandu = TimeZoneRules(initialOffset: 20_700, transitions: [], rule: nil)
        #expect(TraceTime.text(milliseconds: 0, in: kathmandu) == "1970-01-01 05:45:00 +0545")
        let stJohns = TimeZoneRules(initialOffset: -12_600, transitions: [], rule: nil)
        #expect(TraceTime.text(milliseconds: 0, in: stJohns) == "1969-12-31 20:30:00 -0330")
    }

    @Test(arguments: [Int.max, Int.min, 253_402_300_800_000, -62_135_596_800_001])
    func aTimeThatNoCalendarHasIsLeftOut(_ milliseconds: Int) {
        #expect(TraceTime.text(milliseconds: milliseconds, in: Fixtures.utc) == nil)
    }

    @Test func theEdgesOfTheCalendarAreShown() {
        #expect(TraceTime.text(milliseconds: 253_402_300_799_999, in: Fixtures.utc) == "9999-12-31 23:59:59 +0000")
        #expect(TraceTime.text(milliseconds: -62_135_596_800_000, in: Fixtures.utc) == "0001-01-01 00:00:00 +0000")
        #expect(TraceTime.text(milliseconds: 253_402_300_799_999, in: Fixtures.shanghai) == nil)
    }
}

import Testing

@testable import CTSServer

/// The grammar of times (cts.md §3).
@Suite struct TimeTextTests {
    private static let now = 1_781_964_000_123

    private func read(_ text: String, zone: TimeZoneRules = Fixtures.utc) -> Int? {
        try? TimeText(now: Self.now, zone: zone).milliseconds(text)
    }

    private func problem(_ text: String) -> TimeTextProblem? {
        do throws(TimeTextProblem) { _ = try TimeText(now: Self.now, zone: Fixtures.utc).milliseconds(text) } catch { return error }
        return nil
    }

    @Test(arguments: ["", " ", "\n\t", "\u{3000}"])
    func whiteSpaceAloneIsAnError(_ text: String) { #expect(problem(text) == .unreadable) }

    @Test(arguments: ["now", "NOW", "nOw", "  now\n"])
    func nowIsNowInAnyCase(_ text: String) { #expect(read(text) == Self.now) }

    @Test(arguments: [
        ("-90s", 90_000), ("-1S", 1_000), ("-2m", 120_000), ("-2M", 120_000), ("-3h", 10_800_000), ("-1d", 86_400_000),
        ("-1W", 604_800_000), ("- 1 h", 3_600_000),
        ("-\t005\nm", 300_000), ("-0s", 0),
    ])
    func relativeTimesCountBack(_ text: String, _ age: Int) { #expect(read(text) == Self.now - age) }

    @Test(arguments: [
        "+1h", "1h", "-1.5h", "-1h30m", "-1mo", "-1y", "-h", "-", "--1h", "-1", "-1 ", "-1hh", "-1 min", "-٣h", "-0x1h", "−1h", "-1h ago",
    ])
    func otherRelativeFormsAreErrors(_ text: String) { #expect(problem(text) == .unreadable) }

    @Test(arguments: ["-99999999999999d", "-9223372036854775807w", "-99999999999999999999999999999s", "-1000000w"])
    func aRelativeTimeIsClampedTo1970AndNeverOverflows(_ text: String) { #expect(read(text) == 0) }

    @Test(arguments: [
        ("1000000000000", 1_000_000_000_000), ("9999999999999", 9_999_999_999_999), ("1000000000", 1_000_000_000_000),
        ("9999999999", 9_999_999_999_000),
        (" 0001000000000 ", 1_000_000_000_000),
    ])
    func digitsAreMillisecondsOrSeconds(_ text: String, _ instant: Int) { #expect(read(text) == instant) }

    @Test(arguments: ["0", "20260620", "999999999", "0000000000000"])
    func fewDigitsAreAnError(_ text: String) { #expect(problem(text) == .tooFewDigits) }

    @Test(arguments: [
        "10000000000000", "99999999999", "999999999999", "99999999999999999999", String(repeating: "9", count: 5_000),
        "2286-11-20T17:46:40Z", "9999-12-31",
    ])
    func whatIsLaterThanThirteenDigitsIsAnError(_ text: String) { #expect(problem(text) == .tooLate) }

    @Test func theLastInstantIsAccepted() { #expect(read("2286-11-20T17:46:39.999Z") == TimeText.latest) }

    @Test(arguments: [
        ("2026-06-20", 1_781_913_600_000), ("2026-06-20T14:00", 1_781_964_000_000), ("2026-06-20 14:00", 1_781_964_000_000),
        ("2026-06-20T14:00:01", 1_781_964_001_000),
        ("2026-06-20T14:00:01.5", 1_781_964_001_500), ("2026-06-20T14:00:01.0019999999999999999999", 1_781_964_001_001),
        ("2024-02-29", 1_709_164_800_000),
        ("2026-06-20T00:00:00", 1_781_913_600_000), ("2026-06-20T23:59:59", 1_781_999_999_000), ("1969-12-31T23:59:59.5Z", -500),
        ("0001-01-01", -62_135_596_800_000),
    ])
    func datesAndTimesAreRead(_ text: String, _ instant: Int) { #expect(read(text) == instant) }

    @Test(arguments: [
        ("Z", 0), (" Z", 0), ("+08", 28_800), ("-08", -28_800), ("+0530", 19_800), ("+05:30", 19_800), (" -03:30", -12_600), ("+00:00", 0),
        ("-0000", 0), ("+23:59", 86_340),
    ])
    func offsetsAreRead(_ offset: String, _ seconds: Int) {
        for text in ["2026-06-20T14:00", "2026-06-20 14:00:00", "2026-06-20T14:00:00.000"] {
            #expect(read(text + offset, zone: Fixtures.shanghai) == 1_781_964_000_000 - seconds * 1_000)
        }
    }

    @Test func theOwnOutputIsReadBack() throws {
        let text = try #require(TraceTime.text(milliseconds: 1_781_964_000_000, in: Fixtures.shanghai))
        #expect(read(text) == 1_781_964_000_000)
    }

    @Test(arguments: [
        "2026-06-20T14:00z", "2026-06-20T24:00", "2026-06-20T23:60", "2026-06-20T14:00:60", "2026-02-30", "2026-00-01", "2026-01-00",
        "2026-13-01", "2025-02-29",
        "2100-02-29", "2026/06/20", "20.06.2026", "yesterday", "last week", "noon", "2026-06-20T14:00 UTC",
        "2026-06-20T14:00 Asia/Shanghai", "2026-06-20T14:00+24:00",
        "2026-06-20T14:00+8", "2026-06-20T14:00+08:", "2026-06-20T14:00+08:60", "2026-06-20T14:00+08000", "2026-06-20T14:00  Z",
        "2026-06-20  14:00",
        "2026-06-20T14:00:00.", "2026-06-20T14:00:00.Z", "2026-06-20T14:00.5", "2026-06-20Z", "2026-06-20+08:00", "2026-06-20T",
        "2026-06-20TZ", "2026-06-20T14:",
        "2026-06-20T14:00:00Z Z", "0000-01-01", "-2026-06-20", "+2026-06-20", "12026-06-20", "２０２６-06-20", "2026-06-20T14:00:00\u{0}",
        "1784600000.5", "1e12", "0x10",
    ])
    func everythingElseIsAnError(_ text: String) { #expect(problem(text) == .unreadable) }

    @Test func withoutAnOffsetTheDefaultZoneCounts() {
        #expect(read("2026-06-20", zone: Fixtures.newYork) == 1_781_928_000_000)
        #expect(read("2026-01-15 12:00", zone: Fixtures.newYork) == 1_768_496_400_000)
    }

    @Test(arguments: [
        ("2026-03-08 01:59:59", 1_772_953_199), ("2026-03-08 02:00", 1_772_953_200), ("2026-03-08 02:30", 1_772_955_000),
        ("2026-03-08 03:00", 1_772_953_200),
        ("2026-11-01 00:59:59", 1_793_509_199), ("2026-11-01 01:00", 1_793_509_200), ("2026-11-01 01:59:59", 1_793_512_799),
        ("2026-11-01 02:00", 1_793_516_400),
    ])
    func inAGapOrOverlapTheOffsetBeforeTheChangeApplies(_ text: String, _ seconds: Int) {
        #expect(read(text, zone: Fixtures.newYork) == seconds * 1_000)
    }
}

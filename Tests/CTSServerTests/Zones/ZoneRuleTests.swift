import Foundation
import Testing

@testable import CTSServer

/// The footers of time zone files (RFC 9636 §3.3).
@Suite struct ZoneRuleTests {
    private func zone(_ footer: String) -> TimeZoneRules { TimeZoneRules(initialOffset: 0, transitions: [], rule: Fixtures.rule(footer)) }

    private func instant(_ text: String) throws -> Int { Int(try Date(text, strategy: .iso8601).timeIntervalSince1970) }

    @Test(arguments: [
        ("UTC0", 0), ("CST-8", 28_800), ("<+0545>-5:45", 20_700), ("<-03>3", -10_800), ("EST+5", -18_000), ("LMT-8:05:43", 29_143),
        ("<-12>12", -43_200),
    ])
    func aZoneWithoutSavingHasOneOffset(_ footer: String, _ offset: Int) {
        for instant in [-2_000_000_000, 0, 1_781_964_000, 9_999_999_999] { #expect(zone(footer).offset(at: instant) == offset) }
        #expect(zone(footer).instant(ofLocal: 0) == -offset)
    }

    @Test(arguments: [
        ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", -18_000, -14_400),
        ("EST5EDT,M3.2.0,M11.1.0", "2026-11-01T06:00:00Z", -14_400, -18_000),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00:00Z", 3_600, 7_200),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00:00Z", 7_200, 3_600),
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-04-04T16:00:00Z", 39_600, 36_000),
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-10-03T16:00:00Z", 36_000, 39_600),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-03-29T01:00:00Z", 0, 3_600), ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-10-25T01:00:00Z", 3_600, 0),
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-10-03T15:30:00Z", 37_800, 39_600),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -7_200, -3_600),
        ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-28T00:00:00Z", 7_200, 10_800), ("XST0XDT,J60,J300", "2028-03-01T02:00:00Z", 0, 3_600),
        ("XST0XDT,59,300", "2028-02-29T02:00:00Z", 0, 3_600),
    ])
    func theOffsetChangesAtTheMoment(_ footer: String, _ moment: String, _ before: Int, _ after: Int) throws {
        let instant = try instant(moment)
        #expect(zone(footer).offset(at: instant - 1) == before)
        #expect(zone(footer).offset(at: instant) == after)
    }

    @Test func savingThatLastsAllYearNeverEnds() throws {
        let zone = zone("XXX3EDT4,0/0,J365/23")
        for moment in ["2026-01-01T04:00:00Z", "2026-06-30T00:00:00Z", "2026-12-31T23:59:59Z", "2027-01-01T03:00:00Z"] {
            #expect(zone.offset(at: try instant(moment)) == -14_400)
        }
    }

    @Test(arguments: ["EST5EDT,M3.2.0,M11.1.0", "IST-1GMT0,M10.5.0,M3.5.0/1", "AEST-10AEDT,M10.1.0,M4.1.0/3"])
    func everyLocalTimeOutsideChangesIsReadBack(_ footer: String) {
        let zone = zone(footer)
        for instant in stride(from: 1_500_000_000, to: 2_500_000_000, by: 9_999_937) {
            let local = instant + zone.offset(at: instant)
            let back = zone.instant(ofLocal: local)
            #expect(back == instant || abs(back - instant) == 3_600)
            #expect(back + zone.offset(at: back) == local)
        }
    }

    @Test(arguments: [
        "", "E5", "EST", "EST25", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M3.2.0,M11.1.0,", "EST5EDT,M13.2.0,M11.1.0",
        "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0",
        "EST5EDT,J0,J1", "EST5EDT,366,1", "EST5EDT,M3.2.0/168,M11.1.0", "EST5:60", "<>5", "<EST5", "5EST", "EST5 ",
        "EST99999999999999999999",
    ])
    func everythingElseIsNoRule(_ footer: String) {
        #expect(ZoneRuleParser.parse(footer.utf8) == nil)
    }
}

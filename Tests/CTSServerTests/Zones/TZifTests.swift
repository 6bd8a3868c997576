import Testing

@testable import CTSServer

/// Compiled time zone files (RFC 9636).
@Suite struct TZifTests {
    private static let berlin = TZifFile(
        offset: 3_208,
        transitions: [(-2_422_054_408, 3_600), (828_234_000, 7_200), (846_378_000, 3_600)],
        footer: "CET-1CEST,M3.5.0,M10.5.0/3"
    )

    @Test func transitionsThenTheRuleAreApplied() throws {
        let rules = try TZif.parse(Self.berlin.bytes)
        #expect(rules.offset(at: -3_000_000_000) == 3_208)
        #expect(rules.offset(at: -2_422_054_408) == 3_600)
        #expect(rules.offset(at: 828_233_999) == 3_600)
        #expect(rules.offset(at: 828_234_000) == 7_200)
        #expect(rules.offset(at: 846_378_000) == 3_600)
        #expect(rules.offset(at: 1_781_964_000) == 7_200)
        #expect(rules.instant(ofLocal: 828_237_600) == 828_234_000)
        #expect(rules.instant(ofLocal: 846_381_600) == 846_374_400)
        #expect(rules.instant(ofLocal: 1_781_971_200) == 1_781_964_000)
    }

    @Test func aFileOfTheFirstVersionHasNoRule() throws {
        let rules = try TZif.parse(TZifFile(version: 0, offset: 3_600, transitions: [(0, 7_200)]).bytes)
        #expect(rules.rule == nil)
        #expect(rules.offset(at: -1) == 3_600)
        #expect(rules.offset(at: 9_999_999_999) == 7_200)
    }

    @Test func anEmptyFooterMeansTheLastOffsetForEver() throws {
        #expect(try TZif.parse(TZifFile(offset: 1, transitions: [(0, 60)]).bytes).offset(at: 9_999_999_999) == 60)
    }

    @Test func everyTruncationIsMalformed() {
        let bytes = Self.berlin.bytes
        for count in 0..<bytes.count { #expect(throws: TZif.Malformed.self) { try TZif.parse(Array(bytes[..<count])) } }
    }

    @Test func anyChangedByteNeverCrashes() {
        let bytes = Self.berlin.bytes
        for index in bytes.indices {
            for value in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
                var changed = bytes
                changed[index] = value
                guard let rules = try? TZif.parse(changed) else { continue }
                for instant in [Int(Int32.min), 0, 1_781_964_000, 9_999_999_999] {
                    _ = rules.offset(at: instant)
                    _ = rules.instant(ofLocal: instant)
                }
            }
        }
    }

    @Test(arguments: [
        TZifFile(footer: "nonsense"), TZifFile(footer: "UTC0", leapSeconds: 1), TZifFile(offset: 100_000, footer: "UTC0"),
        TZifFile(transitions: [(5, 0), (5, 60)]),
        TZifFile(transitions: [(5, 0)], indexBeyondTypes: true),
    ])
    func aFileThatMakesNoSenseIsMalformed(_ file: TZifFile) {
        #expect(throws: TZif.Malformed.self) { try TZif.parse(file.bytes) }
    }

    @Test func somethingElseIsMalformed() {
        #expect(throws: TZif.Malformed.self) { try TZif.parse(Array("# version 2025b\nR d 1916 o - Jun 14 23s 1 S\n".utf8)) }
    }
}

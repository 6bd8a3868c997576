import CloudServer
import Foundation
import Testing

@testable import CTSServer

/// Zones by name (servers.md §7.1: an IANA name, exact spelling; anything else is refused).
@Suite struct TimeZoneDatabaseTests {
    private static let files = ZoneFiles([
        "UTC": TZifFile(footer: "UTC0"), "Europe/Berlin": TZifFile(offset: 3_600, footer: "CET-1CEST,M3.5.0,M10.5.0/3"),
        "America/Argentina/Buenos_Aires": TZifFile(offset: -10_800, footer: "<-03>3"),
        "Etc/GMT-8": TZifFile(offset: 28_800, footer: "<+08>-8"),
        "right/UTC": TZifFile(footer: "UTC0"), "posixrules": TZifFile(footer: "UTC0"), "localtime": TZifFile(footer: "UTC0"),
        "tzdata.zi": TZifFile(footer: "UTC0"),
    ])

    private func problem(_ name: String, _ database: TimeZoneDatabase = files.database) -> ZoneProblem? {
        do throws(ZoneProblem) { _ = try database.rules(named: name) } catch { return error }
        return nil
    }

    @Test(arguments: ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT-8", "Asia/Shanghai", "Etc/UTC"])
    func anIANANameIsAccepted(_ name: String) { #expect(problem(name) == nil) }

    @Test(arguments: [
        "", "europe/berlin", "Europe/berlin", "EUROPE/BERLIN", "utc", "Europe", "Europe/", "/UTC", "Europe//Berlin", "Europe/../UTC",
        "../zones/UTC", "./UTC", "Europe/Berlin/",
        "GMT+8", "+08:00", "UTC+8", "CET-1CEST,M3.5.0,M10.5.0/3", "right/UTC", "posixrules", "localtime", "tzdata.zi", "Mars/Olympus",
        "UTC\u{0}", "Europe/Berlin\n", "Ｕtc",
    ])
    func anythingElseIsRefused(_ name: String) { #expect(problem(name) == .unknown) }

    @Test func theSpellingIsExactAlsoWhereFilesIgnoreCase() {
        let database = Self.files.database(directories: ["/zones"], ignoringCase: true)
        #expect(problem("europe/berlin", database) == .unknown)
        #expect(problem("Europe/Berlin", database) == nil)
    }

    @Test func aDamagedFileIsToldApart() {
        let database = ZoneFiles(raw: ["Europe/Berlin": [1, 2, 3]]).database
        #expect(problem("Europe/Berlin", database) == .damaged)
    }

    @Test func withoutADatabaseTheDefaultZoneAndUTCAreThere() throws {
        let database = Self.files.database(directories: ["/nowhere"])
        #expect(try database.rules(named: "Asia/Shanghai").offset(at: 1_781_964_000) == 28_800)
        #expect(try database.rules(named: "UTC").offset(at: 0) == 0)
        #expect(problem("Europe/Berlin", database) == .noDatabase)
        #expect("\(ZoneProblem.noDatabase)".contains("tzdata"))
        #expect(problem("GMT+8", database) == .noDatabase)
        #expect(problem("+08:00", database) == .unknown)
    }

    @Test func theVariableIsCheckedAndHasADefault() {
        let variable = DefaultTimeZone.variable(in: Self.files.database)
        #expect(variable.name == "CTS_DEFAULT_TIMEZONE")
        #expect(variable.defaultValue == "Asia/Shanghai")
        #expect(variable.problem("Asia/Shanghai") == nil)
        #expect(variable.problem("Asia/shanghai")?.contains("exact spelling") == true)
    }

    /// The machine's own files against Foundation's, where both exist; only years whose rules are history.
    @Test(
        .enabled(if: FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/Dublin")),
        arguments: [
            "America/New_York", "Europe/London", "Europe/Dublin", "Australia/Sydney", "Australia/Lord_Howe", "Asia/Kolkata",
            "America/Sao_Paulo", "America/St_Johns",
            "Asia/Shanghai", "Pacific/Apia", "Africa/Cairo",
        ]
    )
    func theMachinesZonesAgreeWithFoundation(_ name: String) throws {
        let rules = try TimeZoneDatabase.system.rules(named: name)
        let zone = try #require(TimeZone(identifier: name))
        for instant in stride(from: 315_532_800, to: 1_704_067_200, by: 1_209_600) {
            #expect(rules.offset(at: instant) == zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant))), "\(instant)")
        }
    }
}

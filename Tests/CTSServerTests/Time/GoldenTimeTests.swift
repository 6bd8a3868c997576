import CloudServer
import Foundation
import Testing

@testable import CTSServer

/// Every row of `golden-cts-time.jsonl` (cts.md §6.5).
@Suite struct GoldenTimeTests {
    private enum Kind: String, Decodable {
        case absolute, relative, error
        case startupError = "startup_error"
    }

    private struct Row: Decodable, CustomTestStringConvertible {
        var input: String?
        var tz: String
        var kind: Kind
        var epochMs: Int?
        var offsetMs: Int?
        var optional: Bool?
        var testDescription: String { "\(input ?? "") in \(tz)" }
    }

    private static let golden: [Row] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Data/golden-cts-time.jsonl")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return text.split(separator: "\n").compactMap { try? decoder.decode(Row.self, from: Data($0.utf8)) }
    }()

    private static let database = ZoneFiles([
        "UTC": TZifFile(footer: "UTC0"), "Asia/Shanghai": TZifFile(offset: 28_800, footer: "CST-8"),
        "America/New_York": TZifFile(offset: -18_000, footer: "EST5EDT,M3.2.0,M11.1.0"),
        "Etc/GMT+8": TZifFile(offset: -28_800, footer: "<-08>8"),
    ]).database

    @Test func theGoldenFileIsReadInFull() {
        #expect(Self.golden.count == 59)
    }

    @Test(arguments: golden)
    private func readsEveryGoldenRow(_ row: Row) throws {
        let variable = DefaultTimeZone.variable(in: Self.database)
        #expect((variable.problem(row.tz) != nil) == (row.kind == .startupError))
        guard row.kind != .startupError else { return }
        let now = 1_781_964_000_123
        let reader = TimeText(now: now, zone: try Self.database.rules(named: row.tz))
        let input = try #require(row.input)
        switch row.kind {
        case .absolute:
            let instant = try? reader.milliseconds(input)
            if row.optional != true || instant != nil { #expect(instant == row.epochMs) }
        case .relative: #expect(try reader.milliseconds(input) == now - (try #require(row.offsetMs)))
        case .error, .startupError: #expect(throws: TimeTextProblem.self) { try reader.milliseconds(input) }
        }
    }
}

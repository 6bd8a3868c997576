import CloudServer
import Foundation
import Testing

/// Every row of `golden-cts-mask.jsonl` (cts.md §6.5).
@Suite struct GoldenMaskTests {
    private struct Row: Decodable, CustomTestStringConvertible {
        var input: String
        var secrets: [String]
        var expectedOutput: String?
        var testDescription: String { input }
    }

    private static let golden: [Row] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Data/golden-cts-mask.jsonl")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return text.split(separator: "\n").compactMap { try? decoder.decode(Row.self, from: Data($0.utf8)) }
    }()

    @Test func theGoldenFileIsReadInFull() {
        #expect(Self.golden.count == 56)
    }

    @Test(arguments: golden)
    private func masksEveryGoldenRow(_ row: Row) {
        let output = Masking.mask(row.input)
        for secret in row.secrets { #expect(!output.contains(secret), "\(output)") }
        if let expected = row.expectedOutput { #expect(Array(output.utf8) == Array(expected.utf8), "\(output)") }
    }
}

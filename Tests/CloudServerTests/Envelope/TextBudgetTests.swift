import Foundation
import JSONRPC
import MCP
import Testing

@testable import CloudServer

@Suite struct TextBudgetTests {
    private let budget = TextBudget(bytes: 1_024)

    @Test func theDefaultIs60KB() { #expect(TextBudget.default.bytes == 60 * 1_024) }

    @Test(arguments: [0, 1, 1_023, 1_024])
    func aTextWithinTheBudgetIsUnchanged(_ count: Int) {
        let text = String(repeating: "x", count: count)
        #expect(budget.fit(text, isStructured: true) == text)
    }

    @Test(arguments: ["x", "é", "日", "😀", "e\u{301}\u{302}"], [1_025, 5_000, 200_000])
    func aLongerTextIsCutAndSaysSo(_ unit: String, _ count: Int) throws {
        let text = String(repeating: unit, count: count)
        let cut = budget.fit(text, isStructured: true)
        #expect(cut.utf8.count <= 1_024)
        #expect(cut.utf8.count > 1_024 - 8)
        let mark = try #require(cut.range(of: "…[TRUNCATED: \(text.utf8.count) bytes are more than 1024; structuredContent is complete."))
        #expect(text.unicodeScalars.starts(with: cut[..<mark.lowerBound].unicodeScalars))
        #expect(cut.hasSuffix("]"))
    }

    @Test func aClientWithoutStructuredContentIsToldThatTheRestIsMissing() {
        let cut = budget.fit(String(repeating: "x", count: 2_000), isStructured: false)
        #expect(cut.contains("the rest is left out"))
        #expect(!cut.contains("structuredContent"))
    }

    @Test func structuredContentStaysWhole() throws {
        let envelope = Envelope.success(["rows": .array(Array(repeating: "0123456789", count: 1_000))])
        let result = envelope.result(budget: budget)
        #expect(result.structuredContent == .object(envelope.json))
        guard case .text(let text) = try #require(result.content.first) else { return }
        #expect(text.hasPrefix(#"{"ok":true,"data":{"rows":["0123456789","#))
        #expect(text.contains("[TRUNCATED"))
        #expect(!result.isError)
    }

    @Test(arguments: [("1023", false), ("1024", true), ("16777216", true), ("16777217", false), ("60KB", false)])
    func theVariableIsBounded(_ value: String, _ isGood: Bool) {
        let outcome = LaunchTests.launch([], LaunchTests.complete.merging(["MCP_MAX_TEXT_BYTES": value]) { $1 })
        #expect(outcome.configuration.map { $0.textBudget.bytes == Int(value) } == (isGood ? true : nil))
        #expect(outcome.errors.contains("MCP_MAX_TEXT_BYTES") == !isGood)
    }
}

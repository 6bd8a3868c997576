import JSONRPC
import Testing

@testable import CloudServer

@Suite struct ParamsSummaryTests {
    @Test(
        arguments: [
            (["a": [1, 2, 3]], ["a": "<list len=3>"]), (["a": ["b": 1, "c": 2]], ["a": "<object keys=2>"]),
            (["a": "short"], ["a": "short"]), (["a": .null, "b": true, "c": 5], ["a": .null, "b": true, "c": 5]),
            (
                ["adminPass": "x", "user_data": ["y"], "access_key_id": "k"],
                ["adminPass": "***", "user_data": "***", "access_key_id": "k"]
            ),
        ] as [(JSONObject, JSONObject)]
    )
    func summarises(arguments: JSONObject, summary: JSONObject) {
        #expect(ParamsSummary.of(arguments) == summary)
    }

    @Test func stringsOver80CodePointsAreCutTo60() {
        let exact = String(repeating: "é", count: 80)
        #expect(ParamsSummary.of(["a": .string(exact)])["a"] == .string(exact))
        #expect(ParamsSummary.of(["a": .string(exact + "é")])["a"] == .string(String(repeating: "é", count: 60) + "…"))
    }

    @Test func approvalIdsAreShortened() {
        let id = ApprovalID(high: 0x0123_4567_89AB_CDEF, low: 5).text
        #expect(ParamsSummary.of(["approval_id": .string(id)])["approval_id"] == "apr-01234567…")
        #expect(ParamsSummary.of(["name": .string("x \(id)")])["name"] == "x apr-01234567…")
    }

    @Test func pipelineVariableValuesAreNeverTold() {
        let summary = ParamsSummary.of(["variables": [["name": "n", "value": "v"]]])
        #expect(summary == ["variables": "<list len=1>"])
    }

    @Test func aHostileCallCannotFloodTheLog() {
        var arguments: JSONObject = [:]
        for number in 0..<1_000 { arguments["k\(number)"] = 1 }
        arguments[String(repeating: "k", count: 10_000)] = 1
        #expect(ParamsSummary.of(arguments).count == ParamsSummary.maximumMembers + 1)
        #expect(ParamsSummary.of([String(repeating: "k", count: 10_000): 1]).keys[0].count == 61)
    }
}

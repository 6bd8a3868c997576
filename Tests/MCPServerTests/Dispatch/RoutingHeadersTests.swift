import JSONRPC
import MCP
import Testing

@testable import MCPServer

/// mcp.md §2.4: headers say what the body says, or the request is refused.
@Suite struct RoutingHeadersTests {
    private let request = Modern.call("echo")

    private func code(_ change: (inout RoutingHeaders) -> Void, _ request: JSONRPCRequest? = nil) -> Int? {
        let request = request ?? self.request
        var headers = Modern.headers(for: request)
        change(&headers)
        do throws(JSONRPCError) {
            try headers.checkRepetition()
            try headers.check(request, version: "2026-07-28")
            return nil
        } catch {
            return error.code.rawValue
        }
    }

    @Test func equalHeadersPass() {
        #expect(code { _ in } == nil)
        #expect(code({ _ in }, Modern.request("tools/list")) == nil)
        #expect(code({ _ in }, Modern.request("resources/read", ["uri": "r://1"])) == nil)
        #expect(code({ _ in }, Modern.request("prompts/get", ["name": "p"])) == nil)
    }

    @Test func missingOnesAreMismatches() {
        #expect(code { $0.version = [] } == -32020)
        #expect(code { $0.method = [] } == -32020)
        #expect(code { $0.name = [] } == -32020)
        #expect(code({ $0.name = [] }, Modern.request("resources/read", ["uri": "r://1"])) == -32020)
        #expect(code({ $0.name = [] }, Modern.request("prompts/get", ["name": "p"])) == -32020)
    }

    @Test func differentOnesAreMismatches() {
        #expect(code { $0.version = ["2025-11-25"] } == -32020)
        #expect(code { $0.method = ["tools/list"] } == -32020)
        #expect(code { $0.name = ["other"] } == -32020)
        #expect(code({ $0.name = ["r://2"] }, Modern.request("resources/read", ["uri": "r://1"])) == -32020)
    }

    @Test func repeatedOnesAreMismatchesEvenWhenTheyAgree() {
        #expect(code { $0.version += $0.version } == -32020)
        #expect(code { $0.method += $0.method } == -32020)
        #expect(code { $0.name += $0.name } == -32020)
        #expect(code({ $0.name = ["a", "b"] }, Modern.request("tools/list")) == -32020)
    }

    @Test func valuesAreCaseSensitive() {
        #expect(code { $0.method = ["Tools/Call"] } == -32020)
        #expect(code { $0.name = ["ECHO"] } == -32020)
    }

    @Test func nameIsNotLookedAtWhereTheBodyHasNone() {
        #expect(code({ $0.name = ["x"] }, Modern.request("tools/list")) == nil)
        #expect(code({ $0.name = [] }, Modern.request("tools/call", ["arguments": [:]])) == nil, "told later, as invalid params")
    }

    @Test func encodedNameIsDecodedFirst() {
        let request = Modern.call("grüße")
        #expect(code({ $0.name = ["=?base64?Z3LDvMOfZQ==?="] }, request) == nil)
        #expect(code({ $0.name = ["grüße"] }, request) == -32020, "only visible ASCII may stand there literally")
    }

    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("=?base64?SGVsbG8=?=", "Hello"), ("=?base64??=", ""), ("=?base64?w7w=?=", "ü"),
        ("=?BASE64?SGVsbG8=?=", "=?BASE64?SGVsbG8=?="), ("=?base64?SGVsbG8=", "=?base64?SGVsbG8="), ("SGVsbG8=?=", "SGVsbG8=?="),
        ("=?base64?=", "=?base64?="), (" =?base64?SGVsbG8=?=", " =?base64?SGVsbG8=?="), ("a\tb c", "a\tb c"),
    ])
    func sentinelTable(_ header: String, _ text: String) {
        #expect(RoutingHeaders.decoded(header) == text)
    }

    @Test(arguments: [
        "=?base64?SGVsbG8?=", "=?base64?SGVs!!!bG8=?=", "=?base64?SGVsbG8==?=", "=?base64?SGVs bG8=?=", "=?base64?SGVsbG9=?=",
        "=?base64?_-8=?=", "=?base64?/w==?=", "=?base64?====?=", "ü", "a\u{7F}", "a\u{1}",
    ])
    func badEncodingsAndCharactersStandForNothing(_ header: String) {
        #expect(RoutingHeaders.decoded(header) == nil)
    }
}

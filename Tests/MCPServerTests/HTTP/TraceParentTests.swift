import HTTPTypes
import JSONRPC
import MCP
import Testing

@testable import MCPServer

/// By what a call's log records are found together with those of the gateway in front.
@Suite(.timeLimit(.minutes(1))) struct TraceParentTests {
    private static let id = "0af7651916cd43dd8448eb211c80319c"
    private static let good = "00-\(id)-b7ad6b7169203331-01"

    @Test(
        "the trace id of a well-formed header",
        arguments: [good, "00-\(id)-b7ad6b7169203331-00", "cc-\(id)-b7ad6b7169203331-01", "cc-\(id)-b7ad6b7169203331-01-more"]
    )
    func wellFormed(text: String) {
        #expect(TraceParent([text])?.traceID == Self.id)
    }

    @Test(
        "anything else names no trace",
        arguments: [
            [], [""], ["nonsense"], [good, good], [good.uppercased()], [good + "-more"], [good + " "], ["ff" + good.dropFirst(2)],
            ["00-\(String(repeating: "0", count: 32))-b7ad6b7169203331-01"], ["00-\(id)-\(String(repeating: "0", count: 16))-01"],
            ["cc" + good.dropFirst(2) + "x"], [String(good.dropLast())], ["00_\(id)-b7ad6b7169203331-01"],
            ["00-\(id)-b7ad6b7169203331-0\u{301}"], ["0-0\(id)-b7ad6b7169203331-01"],
        ] as [[String]]
    )
    func malformed(values: [String]) {
        #expect(TraceParent(values) == nil)
    }

    @Test("a call knows the request id and the trace that came with it") func origin() async throws {
        let bench = ResponderBench(
            Fixture.server([
                try Fixture.tool("who") { _, context in
                    CallToolResult(content: [.text("\(context.gatewayRequestID ?? "none") \(context.traceID ?? "none")")])
                }
            ])
        )
        let session = try #require(try await bench.send(.post, "/mcp", body: Fixture.initialize()).headers[.mcpSessionID])
        for (id, trace, expected) in [
            ("r-1", Self.good, "r-1 \(Self.id)"), ("", "", "none none"), ("a b", "nonsense", "none none"),
            (String(repeating: "x", count: 65), Self.good, "none \(Self.id)"),
        ] {
            let answer = try await bench.send(
                .post,
                "/mcp",
                [.mcpSessionID: session, .xRequestID: id, .traceParent: trace],
                body: Fixture.call("who")
            )
            #expect(answer.json?["result"]?["content"]?.arrayValue?.first?["text"]?.stringValue == expected)
        }
    }
}

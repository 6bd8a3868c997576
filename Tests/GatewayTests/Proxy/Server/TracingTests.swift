import JSONRPC
import Testing

@testable import Gateway

/// What a request says about itself: its trace and its tool.
@Suite struct TracingTests {
    private static let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    private static let modern = "MCP-Protocol-Version: 2026-07-28\r\n"

    /// The value of a header that reached the upstream; nil when there was none or more than one.
    private func header(_ name: String, _ head: String) -> String? {
        let lines = head.split(separator: "\r\n").filter { $0.lowercased().hasPrefix("\(name): ") }
        return lines.count == 1 ? lines.first.map { String($0.dropFirst(name.count + 2)) } : nil
    }

    private func finish(_ bench: ProxyBench, status: Int = 200) {
        bench.answer("HTTP/1.1 \(status) X\r\nContent-Length: 0\r\n\r\n")
    }

    @Test("the client's trace passes as it is, and is logged") func passes() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}", fields: "traceparent: \(Self.parent)\r\ntracestate: a=1\r\n")
        let sent = bench.sent()
        #expect(header("traceparent", sent) == Self.parent)
        #expect(header("tracestate", sent) == "a=1")
        finish(bench)
        #expect(bench.recorder.records(of: "access").first?["trace_id"] == "0af7651916cd43dd8448eb211c80319c")
    }

    @Test(
        "without a well-formed one a trace begins here, and the tracestate that belonged to the other does not pass",
        arguments: [
            "", "tracestate: a=1\r\n", "traceparent: nonsense\r\ntracestate: a=1\r\n",
            "traceparent: \(parent)\r\ntraceparent: \(parent)\r\ntracestate: a=1\r\n",
            "traceparent: \(parent)\r\nConnection: traceparent\r\ntracestate: a=1\r\n",
        ]
    )
    func begins(fields: String) throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}", fields: fields)
        let sent = bench.sent()
        let parent = try #require(header("traceparent", sent))
        #expect(parent != Self.parent)
        #expect(parent.hasPrefix("00-") && parent.hasSuffix("-00") && parent.utf8.count == 55)
        #expect(!sent.contains("tracestate"))
        finish(bench)
        let logged = bench.recorder.records(of: "access").first?["trace_id"]?.stringValue
        #expect(logged.map { parent.contains($0) } == true)
    }

    @Test("a refused request has a trace id too") func refused() throws {
        let bench = try ProxyBench(engine: TestEngine())
        let client = bench.connect()
        client.post("{}", fields: "traceparent: \(Self.parent)\r\n")
        let record = bench.recorder.records(of: "auth-rejected").first
        #expect(record?["trace_id"] == "0af7651916cd43dd8448eb211c80319c")
    }

    @Test("the tool is told from Mcp-Name where the revision has it") func tool() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}", fields: "\(Self.modern)Mcp-Method: tools/call\r\nMcp-Name: ecs_list_servers\r\n")
        #expect(bench.sent().contains("Mcp-Name: ecs_list_servers\r\n"))
        finish(bench)
        #expect(bench.recorder.records(of: "access").first?["tool"] == "ecs_list_servers")
        #expect(bench.metrics.text(keySetAge: nil).contains(#"tool_calls_total{service="ecs",tool="ecs_list_servers",status="2xx"} 1"#))
    }

    @Test(
        "and from nothing else",
        arguments: [
            "Mcp-Method: tools/call\r\nMcp-Name: x\r\n",
            "MCP-Protocol-Version: 2025-11-25\r\nMcp-Method: tools/call\r\nMcp-Name: x\r\n",
            "\(modern)Mcp-Name: x\r\n", "\(modern)Mcp-Method: resources/read\r\nMcp-Name: x\r\n",
            "\(modern)Mcp-Method: Tools/Call\r\nMcp-Name: x\r\n", "\(modern)Mcp-Method: tools/call\r\nMcp_Name: x\r\n",
            "\(modern)Mcp-Method: tools/call\r\nMcp-Name: x\r\nMcp-Name: y\r\n",
            "\(modern)\(modern)Mcp-Method: tools/call\r\nMcp-Name: x\r\n",
            "\(modern)Mcp-Method: tools/call\r\nMcp-Name: a b\r\n", "\(modern)Mcp-Method: tools/call\r\nMcp-Name: =?base64?eA==?=\r\n",
            "\(modern)Mcp-Method: tools/call\r\nMcp-Name: \(String(repeating: "x", count: 129))\r\n",
            "\(modern)Mcp-Method: tools/call\r\nMcp-Name:\r\n",
        ]
    )
    func noTool(fields: String) throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}", fields: fields)
        _ = bench.sent()
        finish(bench)
        #expect(bench.recorder.records(of: "access").first?["tool"] == nil)
        #expect(!bench.metrics.text(keySetAge: nil).contains("tool_calls_total{"))
    }

    @Test("a refused request counts for no tool") func refusedTool() throws {
        let bench = try ProxyBench(engine: TestEngine())
        let client = bench.connect()
        client.post("{}", fields: "\(Self.modern)Mcp-Method: tools/call\r\nMcp-Name: ecs_list_servers\r\n")
        #expect(bench.recorder.records(of: "auth-rejected").first?["tool"] == "ecs_list_servers")
        #expect(!bench.metrics.text(keySetAge: nil).contains("tool_calls_total{"))
    }
}

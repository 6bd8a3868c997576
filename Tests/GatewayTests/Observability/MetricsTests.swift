import Testing

@testable import Gateway

@Suite struct MetricsTests {
    @Test("counts with bounded labels") func counts() {
        let metrics = Metrics()
        for (method, status) in [("POST", 200), ("POST", 204), ("BREW", 418), ("post", 0)] {
            metrics.request(
                service: "ecs",
                method: method,
                status: status,
                duration: .milliseconds(3),
                bytesIn: 5,
                bytesOut: 7,
                refusal: nil
            )
        }
        metrics.request(service: nil, method: "GET", status: 404, duration: .seconds(100), bytesIn: 0, bytesOut: 1, refusal: "not-found")
        metrics.changeConnections(by: 2)
        metrics.changeConnections(by: -1)
        metrics.changeStreams(of: "ecs", by: 1)
        metrics.upstreamError(service: "ecs")
        metrics.childRestart(service: "ecs")
        let text = metrics.text(keySetAge: 12.5)
        for line in [
            #"mcp_gateway_requests_total{service="ecs",method="POST",status="2xx"} 2"#,
            #"mcp_gateway_requests_total{service="ecs",method="other",status="4xx"} 1"#,
            #"mcp_gateway_requests_total{service="ecs",method="other",status="none"} 1"#,
            #"mcp_gateway_requests_total{service="",method="GET",status="4xx"} 1"#,
            #"mcp_gateway_request_duration_seconds_bucket{service="ecs",le="0.0025"} 0"#,
            #"mcp_gateway_request_duration_seconds_bucket{service="ecs",le="0.005"} 4"#,
            #"mcp_gateway_request_duration_seconds_bucket{service="",le="60.0"} 0"#,
            #"mcp_gateway_request_duration_seconds_bucket{service="",le="+Inf"} 1"#,
            #"mcp_gateway_request_duration_seconds_count{service="ecs"} 4"#,
            #"mcp_gateway_request_bytes_total{service="ecs"} 20"#,
            #"mcp_gateway_response_bytes_total{service="ecs"} 28"#,
            #"mcp_gateway_refusals_total{reason="not-found"} 1"#,
            #"mcp_gateway_upstream_errors_total{service="ecs"} 1"#,
            #"mcp_gateway_child_restarts_total{service="ecs"} 1"#,
            #"mcp_gateway_open_streams{service="ecs"} 1"#,
            "mcp_gateway_open_connections 1",
            "mcp_gateway_jwks_age_seconds 12",
        ] { #expect(text.contains(line + "\n"), "\(line)") }
        #expect(metrics.open.connections == 1)
        #expect(metrics.open.streams == 1)
    }

    @Test("tools have a label of their own if they are this project's, or among the first hundred that a server knew") func tools() {
        let metrics = Metrics()
        metrics.toolCall(service: "ecs", tool: "ecs_list_servers", status: 500)
        metrics.toolCall(service: "x", tool: "never_known", status: 400)
        for number in 0..<200 { metrics.toolCall(service: "x", tool: "tool\(number)", status: 200) }
        metrics.toolCall(service: "x", tool: "tool7", status: 404)
        let lines = metrics.text(keySetAge: nil).split(separator: "\n").filter { $0.contains("tool_calls_total{") }
        #expect(lines.count == 104)
        for line in [
            #"mcp_gateway_tool_calls_total{service="ecs",tool="ecs_list_servers",status="5xx"} 1"#,
            #"mcp_gateway_tool_calls_total{service="x",tool="other",status="4xx"} 1"#,
            #"mcp_gateway_tool_calls_total{service="x",tool="other",status="2xx"} 100"#,
            #"mcp_gateway_tool_calls_total{service="x",tool="tool7",status="4xx"} 1"#,
        ] { #expect(lines.contains { $0 == line }, "\(line)") }
    }

    @Test("label values are escaped") func escaping() {
        var page = MetricsPage()
        page.counters("x", "y", "label", ["a\"b\\c\nd": 1])
        #expect(page.text.hasSuffix("x{label=\"a\\\"b\\\\c\\nd\"} 1\n"))
    }
}

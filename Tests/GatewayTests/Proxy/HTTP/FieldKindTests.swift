import Testing

@testable import Gateway

@Suite struct FieldKindTests {
    private func kind(_ name: String) -> FieldKind {
        let bytes = Array(name.utf8)
        return FieldKind(bytes.span, 0..<bytes.count)
    }

    @Test(
        "gateway.md §9.1: removed from requests, in every spelling",
        arguments: [
            "MCP-Gateway-Identity", "mcp_gateway_identity", "MCP-GATEWAY_anything", "mcp-gateway-", "Authorization", "AUTHORIZATION",
            "Cookie", "cookie", "Forwarded", "X-Forwarded-For", "x_forwarded_for", "X-Forwarded_Proto", "X-Forwarded-Anything",
            "X-Real-IP", "x_real_ip", "Connection", "Keep-Alive", "keep_alive", "Proxy-Authorization", "Proxy_Connection", "proxy-x",
            "TE", "Trailer", "Transfer-Encoding", "transfer_encoding", "Upgrade", "Expect", "Host", "Content-Length", "content_length",
            "X-Request-Id", "x_request_id", "Mcp-Session-Id", "mcp_session_id",
        ]
    )
    func removedFromRequests(_ name: String) {
        #expect(kind(name).isRemovedFromRequests)
    }

    @Test(
        "gateway.md §9.1: all other headers pass",
        arguments: [
            "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Mcp-Param-Region", "Last-Event-ID", "traceparent", "Accept",
            "Content-Type", "Origin", "User-Agent", "X-Custom", "Mcp-Gatewa", "Hosts", "Cookies", "Forward", "Tea", "Proxy", "X",
            "Content-Encoding", "Accept-Encoding", "Authorizatio",
        ]
    )
    func passesInRequests(_ name: String) {
        #expect(!kind(name).isRemovedFromRequests)
    }

    @Test(
        "gateway.md §9.1: removed from responses",
        arguments: [
            "Connection", "Keep-Alive", "Proxy-Authenticate", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Server",
            "WWW-Authenticate", "www_authenticate", "Content-Length", "X-Request-Id", "Mcp-Session-Id",
        ]
    )
    func removedFromResponses(_ name: String) {
        #expect(kind(name).isRemovedFromResponses)
    }

    @Test(
        arguments: [
            "Content-Type", "Cache-Control", "Set-Cookie", "X-Accel-Buffering", "Access-Control-Allow-Origin", "Date", "ETag", "Allow",
        ]
    )
    func passesInResponses(_ name: String) {
        #expect(!kind(name).isRemovedFromResponses)
    }
}

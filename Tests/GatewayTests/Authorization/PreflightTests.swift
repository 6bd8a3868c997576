import Testing

@testable import Gateway

@Suite struct PreflightTests {
    private func allowed(_ requested: [String]) -> String? {
        Preflight.response(requestedHeaders: requested).headers.first { $0.name == "Access-Control-Allow-Headers" }?.value
    }

    @Test("204 with the methods and the age") func fixedPart() {
        let response = Preflight.response(requestedHeaders: [])
        #expect(response.status == 204)
        #expect(response.body.isEmpty)
        #expect(response.headers.contains(.init("Access-Control-Allow-Methods", "GET, POST, DELETE")))
        #expect(response.headers.contains(.init("Access-Control-Max-Age", "600")))
        #expect(allowed([]) == nil)
    }

    @Test("allows the known headers among the requested ones and Mcp-Param-*") func knownHeaders() {
        #expect(
            allowed(["authorization,Content-Type, mcp-param-region", "X-Evil, MCP-Protocol-Version, cookie, mcp-gateway-identity"])
                == "authorization, Content-Type, mcp-param-region, MCP-Protocol-Version"
        )
        #expect(allowed(["mcp-param-", "mcp-param-a\"b", "mcp-param-é", "x"]) == nil)
        for name in [
            "Authorization", "Content-Type", "Accept", "Last-Event-ID", "Mcp-Session-Id", "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name",
            "traceparent",
        ] { #expect(allowed([name]) == name) }
    }
}

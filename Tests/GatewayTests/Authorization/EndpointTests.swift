import Testing

@testable import Gateway

@Suite struct EndpointTests {
    @Test(
        "exactly three endpoints, each also with one final slash",
        arguments: [
            ("/mcp", .mcp), ("/mcp/", .mcp), ("/sse", .sse), ("/sse/", .sse), ("/messages", .messages), ("/messages/", .messages),
        ] as [(Substring, Endpoint)]
    )
    func known(path: Substring, endpoint: Endpoint) { #expect(Endpoint(path: path) == endpoint) }

    @Test(
        "nothing else of a server is reachable",
        arguments: ["", "/", "/healthz", "/mcp//", "/mcp/x", "/MCP", "/sse/messages", "/mcp\u{338}", "mcp", "/metrics"] as [Substring]
    )
    func unknown(path: Substring) { #expect(Endpoint(path: path) == nil) }

    @Test("methods") func methods() {
        #expect(Endpoint.mcp.methods == ["GET", "POST", "DELETE"])
        #expect(Endpoint.sse.methods == ["GET"])
        #expect(Endpoint.messages.methods == ["POST"])
    }
}

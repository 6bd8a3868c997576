import AuthCommon
import JSONRPC
import MCP

@testable import MCPServer

/// Requests of 2026-07-28 and their answers.
enum Modern {
    static let metadata: JSONObject = [
        RequestMetadata.protocolVersionKey: "2026-07-28", RequestMetadata.clientCapabilitiesKey: [:],
        RequestMetadata.clientInfoKey: ["name": "c", "version": "1"],
    ]

    /// A request whose metadata is complete; `meta` adds to it.
    static func request(
        _ method: String,
        _ params: JSONObject = [:],
        meta: JSONObject = [:],
        id: RequestID = 1
    ) -> JSONRPCRequest {
        var all = params
        var metadata = metadata
        for member in meta { metadata[member.key] = member.value }
        all["_meta"] = .object(metadata)
        return JSONRPCRequest(id: id, method: method, params: all)
    }

    /// A call of a tool.
    static func call(
        _ tool: String,
        _ arguments: JSONObject = [:],
        more: JSONObject = [:],
        capabilities: JSONObject = [:],
        meta: JSONObject = [:]
    ) -> JSONRPCRequest {
        var params: JSONObject = ["name": .string(tool), "arguments": .object(arguments)]
        for member in more { params[member.key] = member.value }
        var metadata = meta
        metadata[RequestMetadata.clientCapabilitiesKey] = .object(capabilities)
        return request("tools/call", params, meta: metadata)
    }

    /// The headers that a client sends with a request.
    static func headers(for request: JSONRPCRequest) -> RoutingHeaders {
        let name = request.params?["name"]?.stringValue ?? request.params?["uri"]?.stringValue
        return RoutingHeaders(
            version: [request.params?["_meta"]?[RequestMetadata.protocolVersionKey]?.stringValue ?? "2026-07-28"],
            method: [request.method],
            name: name.map { [$0] } ?? [],
            parameters: [:]
        )
    }

    /// The answer; nil for none.
    static func answer(
        to request: JSONRPCRequest,
        by server: MCPServer,
        headers: RoutingHeaders? = nil,
        sink: any MessageSink = RecordingSink()
    ) async -> JSONValue? {
        switch ModernDispatcher(server: server).receive(request, from: Fixture.origin, headers: headers, sink: sink) {
        case .ready(let response), .malformed(let response): response.json
        case .running(let run): await run()?.json
        }
    }

    /// A server with something of everything.
    static func server(_ tools: [ServerTool] = [], changes: ChangeHub? = ChangeHub()) throws -> MCPServer {
        MCPServer(
            info: Implementation(name: "test-server", version: "1.0"),
            instructions: "Read this.",
            tools: [try Fixture.tool("first")] + tools,
            prompts: [
                ServerPrompt(Prompt(name: "p", arguments: [.init(name: "a", required: true)])) { arguments, _ in
                    GetPromptResult(messages: [.init(content: .text(arguments["a"] ?? ""))])
                }
            ],
            resources: ServerResources((1...5).map { Resource(uri: "r://\($0)", name: "r\($0)") }, pageSize: 2) { uri, _ in
                guard uri.hasPrefix("r://") else { return nil }
                return [ResourceContents(uri: uri, mimeType: "text/plain", body: .text("text"))]
            },
            complete: { request, _ in request.reference == .prompt("p") ? Completion(values: ["v"]) : nil },
            logs: true,
            changes: changes
        )
    }
}

import JSONRPC
import MCP
import Testing

@testable import MCPServer

/// mcp.md §1.5 and §2.4: what every request of 2026-07-28 needs, in which order it is checked, and what every result has.
@Suite(.timeLimit(.minutes(1))) struct ModernDispatcherTests {
    private let server: MCPServer

    init() throws { server = try Modern.server() }

    private func code(_ request: JSONRPCRequest, _ headers: RoutingHeaders? = nil) async -> Int? {
        await Modern.answer(to: request, by: server, headers: headers)?["error"]?["code"]?.intValue
    }

    @Test func discoverTellsRevisionsCapabilitiesAndWhoServes() async {
        let result = await Modern.answer(to: Modern.request("server/discover"), by: server)?["result"]
        #expect(result?["supportedVersions"]?.arrayValue?.contains("2026-07-28") == true)
        #expect(result?["instructions"] == "Read this.")
        #expect(result?["_meta"]?[RequestMetadata.serverInfoKey] == ["name": "test-server", "version": "1.0"])
        #expect(result?["serverInfo"] == nil, "an earlier draft had it in the body")
        let list: JSONValue = ["listChanged": true]
        #expect(result?["capabilities"]?["tools"] == list)
        #expect(result?["capabilities"]?["prompts"] == list)
        #expect(result?["capabilities"]?["resources"] == ["subscribe": true, "listChanged": true])
    }

    @Test func capabilitiesAreWhatIsRegisteredAndNoMore() async throws {
        let bare = Fixture.server([try Fixture.tool("a")])
        let result = await Modern.answer(to: Modern.request("server/discover"), by: bare)?["result"]
        #expect(result?["capabilities"] == ["tools": [:]])
        for method in ["prompts/list", "resources/list", "resources/read", "completion/complete", "subscriptions/listen"] {
            let answer = await Modern.answer(to: Modern.request(method, ["notifications": [:]]), by: bare)
            #expect(answer?["error"]?["code"] == -32601, "\(method)")
        }
    }

    @Test(arguments: [RequestMetadata.protocolVersionKey, RequestMetadata.clientCapabilitiesKey])
    func requiredMetadataMissingOrMistypedIsMalformed(_ key: String) {
        let dispatcher = ModernDispatcher(server: server)
        for value in [nil, 1, .null, []] as [JSONValue?] {
            var metadata = Modern.metadata
            metadata[key] = value
            let request = JSONRPCRequest(id: 7, method: "tools/list", params: ["_meta": .object(metadata)])
            guard case .malformed(let response) = dispatcher.receive(request, from: Fixture.origin, headers: nil, sink: DiscardingSink())
            else {
                Issue.record("\(String(describing: value)) was accepted")
                continue
            }
            #expect(response.json["error"]?["code"] == -32602)
            #expect(response.json["id"] == 7)
        }
    }

    @Test(arguments: [nil, [:], ["_meta": "x"]] as [JSONObject?])
    func missingMetadataIsMalformed(_ params: JSONObject?) {
        let request = JSONRPCRequest(id: 1, method: "tools/list", params: params)
        let outcome = ModernDispatcher(server: server).receive(request, from: Fixture.origin, headers: nil, sink: DiscardingSink())
        guard case .malformed = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func unknownLogLevelIsMalformed() {
        let request = Modern.request("tools/list", meta: [RequestMetadata.logLevelKey: "loud"])
        let outcome = ModernDispatcher(server: server).receive(request, from: Fixture.origin, headers: nil, sink: DiscardingSink())
        guard case .malformed(let response) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(response.json["error"]?["code"] == -32602)
    }

    @Test func clientInfoIsOptional() async {
        var metadata = Modern.metadata
        metadata[RequestMetadata.clientInfoKey] = nil
        let request = JSONRPCRequest(id: 1, method: "tools/list", params: ["_meta": .object(metadata)])
        #expect(await Modern.answer(to: request, by: server)?["result"] != nil)
    }

    @Test func unknownRevisionIsToldWithWhatIsSupported() async {
        let request = Modern.request("tools/list", meta: [RequestMetadata.protocolVersionKey: "v999.0.0"])
        let error = await Modern.answer(to: request, by: server, headers: Modern.headers(for: request))?["error"]
        #expect(error?["code"] == -32022)
        #expect(error?["data"]?["requested"] == "v999.0.0")
        let discovered = await Modern.answer(to: Modern.request("server/discover"), by: server)?["result"]?["supportedVersions"]
        #expect(error?["data"]?["supported"] == discovered, "both lists agree")
    }

    @Test(arguments: [
        "initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "no/such", "Tools/list", "",
    ])
    func removedAndUnknownMethodsDoNotExist(_ method: String) async {
        #expect(await code(Modern.request(method)) == -32601)
    }

    @Test func repeatedHeaderGoesBeforeMetadata() async {
        var headers = Modern.headers(for: Modern.request("tools/list"))
        headers.method.append("tools/list")
        #expect(await code(JSONRPCRequest(id: 1, method: "tools/list", params: nil), headers) == -32020)
    }

    @Test func metadataGoesBeforeHeaders() async {
        var headers = Modern.headers(for: Modern.request("tools/list"))
        headers.version = []
        #expect(await code(JSONRPCRequest(id: 1, method: "tools/list", params: nil), headers) == -32602)
    }

    @Test func headersGoBeforeTheRevision() async {
        let request = Modern.request("tools/list", meta: [RequestMetadata.protocolVersionKey: "v999.0.0"])
        var headers = Modern.headers(for: request)
        headers.version = ["2026-07-28"]
        #expect(await code(request, headers) == -32020)
    }

    @Test func revisionGoesBeforeTheMethod() async {
        let request = Modern.request("no/such", meta: [RequestMetadata.protocolVersionKey: "v999.0.0"])
        #expect(await code(request, Modern.headers(for: request)) == -32022)
    }

    @Test func methodGoesBeforeItsParameters() async {
        #expect(await code(Modern.request("no/such", ["inputResponses": 1])) == -32601)
    }

    @Test func everyResultIsCompleteAndSaysWhoServes() async {
        let requests = [
            Modern.request("server/discover"), Modern.request("tools/list"), Modern.call("first"), Modern.request("prompts/list"),
            Modern.request("prompts/get", ["name": "p", "arguments": ["a": "x"]]), Modern.request("resources/list"),
            Modern.request("resources/templates/list"), Modern.request("resources/read", ["uri": "r://1"]),
            Modern.request("completion/complete", ["ref": ["type": "ref/prompt", "name": "p"], "argument": ["name": "a", "value": ""]]),
        ]
        for request in requests {
            let result = await Modern.answer(to: request, by: server)?["result"]
            #expect(result?["resultType"] == "complete", "\(request.method)")
            #expect(result?["_meta"]?[RequestMetadata.serverInfoKey]?["name"] == "test-server", "\(request.method)")
        }
    }

    /// mcp.md §3.5.
    @Test(arguments: [
        ("server/discover", true), ("tools/list", true), ("prompts/list", true), ("resources/list", true),
        ("resources/templates/list", true),
        ("resources/read", true), ("tools/call", false), ("prompts/get", false),
    ])
    func cacheHintsAreOnWhatCanBeStoredAndNothingElse(_ method: String, _ isHinted: Bool) async {
        let params: JSONObject =
            switch method {
            case "resources/read": ["uri": "r://1"]
            case "tools/call": ["name": "first"]
            case "prompts/get": ["name": "p", "arguments": ["a": ""]]
            default: [:]
            }
        let result = await Modern.answer(to: Modern.request(method, params), by: server)?["result"]
        #expect(result?["ttlMs"] == (isHinted ? 0 : nil))
        #expect(result?["cacheScope"] == (isHinted ? "private" : nil), "lists depend on the caller's role")
    }

    @Test func unknownResourceIsInvalidParamsWithItsURI() async {
        let error = await Modern.answer(to: Modern.request("resources/read", ["uri": "x://1"]), by: server)?["error"]
        #expect(error?["code"] == -32602)
        #expect(error?["data"] == ["uri": "x://1"])
    }

    @Test func toolsOfTheOtherEraDoNotExist() async throws {
        let legacy = try ServerTool(Tool(name: "old", inputSchema: ["type": "object"]), eras: [.legacy]) { _, _ in .failure("") }
        let server = try Modern.server([legacy])
        let list = await Modern.answer(to: Modern.request("tools/list"), by: server)
        #expect(list?["result"]?["tools"]?.arrayValue?.map { $0["name"] } == ["first"])
        #expect(await Modern.answer(to: Modern.call("old"), by: server)?["error"]?["code"] == -32602)
    }

    @Test func structuredContentMayBeAnyValueEvenNull() async throws {
        let tool = try ServerTool(Tool(name: "null", inputSchema: ["type": "object"])) { _, _ in
            CallToolResult(content: [], structuredContent: .null)
        }
        let result = await Modern.answer(to: Modern.call("null"), by: try Modern.server([tool]))?["result"]
        #expect(result?["structuredContent"] == .null)
    }

    @Test func logMessagesGoOutOnlyAtTheLevelThatTheRequestAsksFor() async throws {
        let tool = try Fixture.tool("log") { _, context in
            for level in [LoggingLevel.debug, .info, .error] { await context.log(level, data: "x") }
            return CallToolResult(content: [])
        }
        let server = try Modern.server([tool])
        for (level, count) in [(nil, 0), ("debug", 3), ("info", 2), ("emergency", 0)] as [(String?, Int)] {
            let sink = RecordingSink()
            let meta: JSONObject = level.map { [RequestMetadata.logLevelKey: .string($0)] } ?? [:]
            _ = await Modern.answer(to: Modern.call("log", meta: meta), by: server, sink: sink)
            #expect(sink.messages.count == count, "\(level ?? "none")")
        }
    }

    @Test func mirroredArgumentIsComparedBeforeTheToolRuns() async throws {
        let input: JSONObject = ["type": "object", "properties": ["region": ["type": "string", "x-mcp-header": "Region"]]]
        let server = try Modern.server([try Fixture.tool("t", input: input)])
        let request = Modern.call("t", ["region": "north"])
        var headers = Modern.headers(for: request)
        #expect(await Modern.answer(to: request, by: server, headers: headers)?["error"]?["code"] == -32020)
        headers.parameters["region"] = ["south"]
        #expect(await Modern.answer(to: request, by: server, headers: headers)?["error"]?["code"] == -32020)
        headers.parameters["region"] = ["north"]
        #expect(await Modern.answer(to: request, by: server, headers: headers)?["result"] != nil)
        #expect(await Modern.answer(to: request, by: server)?["result"] != nil, "stdio has no headers")
    }

    @Test func cancelledRequestGetsNoAnswer() async throws {
        let gate = Gate()
        let slow = try Fixture.tool("slow") { _, _ in
            try await gate.wait()
            return CallToolResult(content: [])
        }
        let server = try Modern.server([slow])
        let task = Task { await Modern.answer(to: Modern.call("slow"), by: server) }
        task.cancel()
        #expect(await task.value == nil)
    }

    @Test func thrownErrorsDoNotLeak() async throws {
        struct Leak: Error { let secret = "hunter2" }
        let server = try Modern.server([try Fixture.tool("bad") { _, _ in throw Leak() }])
        let answer = await Modern.answer(to: Modern.call("bad"), by: server)
        #expect(answer?["error"]?["code"] == -32603)
        #expect(answer?.text().contains("hunter2") == false)
    }

    @Test func resultThatBreaksItsSchemaIsTheServersFault() async throws {
        let definition = Tool(name: "bad", inputSchema: ["type": "object"], outputSchema: ["type": "array"])
        let tool = try ServerTool(definition) { _, _ in CallToolResult(content: [], structuredContent: 1) }
        #expect(await Modern.answer(to: Modern.call("bad"), by: try Modern.server([tool]))?["error"]?["code"] == -32603)
    }
}

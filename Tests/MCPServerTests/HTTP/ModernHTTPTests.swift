import HTTPTypes
import JSONRPC
import MCP
import Testing

@testable import MCPServer

/// mcp.md §2.4, POST handling, and §1.6: which status a request of 2026-07-28 gets, and what makes it one.
@Suite(.timeLimit(.minutes(1))) struct ModernHTTPTests {
    private let bench: ResponderBench

    init() throws {
        bench = ResponderBench(
            try Modern.server([
                try Fixture.tool("progress") { _, context in
                    await context.reportProgress(1)
                    return CallToolResult(content: [.text("end")])
                },
                try Fixture.tool("asks") { _, context in
                    _ = try await context.ask([("q", .sampling([:]))])
                    return CallToolResult(content: [])
                },
                try Fixture.tool("fails") { _, _ in throw JSONRPCError.invalidParams("no") },
            ])
        )
    }

    private func headers(_ request: JSONRPCRequest) -> HTTPFields {
        var fields: HTTPFields = [.mcpProtocolVersion: "2026-07-28", .mcpMethod: request.method]
        fields[.mcpName] = request.params?["name"]?.stringValue ?? request.params?["uri"]?.stringValue
        return fields
    }

    private func send(_ request: JSONRPCRequest, _ more: HTTPFields = [:]) async throws -> ResponderBench.Answer {
        var fields = headers(request)
        for field in more { fields[field.name] = field.value }
        return try await bench.send(.post, "/mcp", fields, body: request.json.text())
    }

    @Test func resultIs200AndNoSessionIsMade() async throws {
        let answer = try await send(Modern.call("first"), [.mcpSessionID: "ignored", .lastEventID: "0-1"])
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(answer.headers[.mcpSessionID] == nil)
    }

    @Test func headerNamesAreCaseInsensitive() async throws {
        let request = Modern.request("tools/list")
        let name = try #require(HTTPField.Name("mCP-mETHOD"))
        let answer = try await bench.send(
            .post,
            "/mcp",
            [.mcpProtocolVersion: "2026-07-28", name: "tools/list"],
            body: request.json.text()
        )
        #expect(answer.status == 200)
    }

    @Test func modernRejectionsAre400WithTheirCode() async throws {
        let unknown = Modern.request("tools/list", meta: [RequestMetadata.protocolVersionKey: "2030-01-01"])
        let answers = [
            (try await send(Modern.request("tools/list"), [.mcpMethod: "other"]), -32020),
            (try await send(Modern.call("asks")), -32021),
            (try await send(unknown, [.mcpProtocolVersion: "2030-01-01"]), -32022),
        ]
        for (answer, code) in answers {
            #expect(answer.status == 400)
            #expect(answer.json?["error"]?["code"]?.intValue == code)
            #expect(answer.json?["id"] == 1)
        }
    }

    @Test(arguments: [nil, ["_meta": [:]], ["_meta": [RequestMetadata.protocolVersionKey: "2026-07-28"]]] as [JSONObject?])
    func badMetadataIs400InvalidParams(_ params: JSONObject?) async throws {
        let answer = try await send(JSONRPCRequest(id: 1, method: "tools/list", params: params))
        #expect(answer.status == 400)
        #expect(answer.json?["error"]?["code"] == -32602)
    }

    @Test(arguments: ["initialize", "ping", "logging/setLevel", "resources/subscribe", "no/such"])
    func removedAndUnknownMethodsAre404(_ method: String) async throws {
        let answer = try await send(Modern.request(method))
        #expect(answer.status == 404)
        #expect(answer.json?["error"]?["code"] == -32601)
    }

    @Test func errorsOfHandlersAre200BecauseAnother400WouldMeanAnOldServer() async throws {
        for request in [Modern.call("fails"), Modern.call("no-such-tool"), Modern.request("resources/read", ["uri": "x://"])] {
            let answer = try await send(request)
            #expect(answer.status == 200)
            #expect(answer.json?["error"]?["code"] == -32602)
        }
    }

    @Test func bodyAloneMakesARequestModern() async throws {
        let answer = try await bench.send(.post, "/mcp", body: Modern.request("initialize").json.text())
        #expect(answer.status == 400)
        #expect(answer.json?["error"]?["code"] == -32020, "the header is missing")
    }

    @Test func headerAloneMakesARequestModern() async throws {
        let body = JSONRPCRequest(id: 1, method: "tools/list", params: nil).json.text()
        let answer = try await bench.send(.post, "/mcp", [.mcpProtocolVersion: "2026-07-28", .mcpMethod: "tools/list"], body: body)
        #expect(answer.json?["error"]?["code"] == -32602)
    }

    @Test func notificationIs202WithoutHeaders() async throws {
        let notification = JSONRPCNotification(
            method: "notifications/cancelled",
            params: ["requestId": 1, "_meta": [RequestMetadata.protocolVersionKey: "2026-07-28"]]
        )
        let answer = try await bench.send(.post, "/mcp", body: notification.json.text())
        #expect(answer.status == 202)
        #expect(answer.body.isEmpty)
    }

    @Test(arguments: [#"{"jsonrpc":"2.0","id":1,"result":{}}"#, #"[{"jsonrpc":"2.0","id":1,"method":"tools/list"}]"#, "{", #"{"id":1}"#])
    func responsesBatchesAndMalformedMessagesAre400(_ body: String) async throws {
        let answer = try await bench.send(.post, "/mcp", [.mcpProtocolVersion: "2026-07-28"], body: body)
        #expect(answer.status == 400)
        #expect([-32600, -32700].contains(answer.json?["error"]?["code"]?.intValue))
    }

    @Test(arguments: [HTTPRequest.Method.get, .delete]) func otherMethodsAre405(_ method: HTTPRequest.Method) async throws {
        let answer = try await bench.send(method, "/mcp", [.mcpProtocolVersion: "2026-07-28"])
        #expect(answer.status == 405)
        #expect(answer.headers[.allow] == "POST")
    }

    @Test func repeatedRoutingHeaderIsAMismatch() async throws {
        var fields = headers(Modern.request("tools/list"))
        fields.append(HTTPField(name: .mcpMethod, value: "tools/list"))
        let answer = try await bench.send(.post, "/mcp", fields, body: Modern.request("tools/list").json.text())
        #expect(answer.json?["error"]?["code"] == -32020)
    }

    @Test func messagesBeforeTheAnswerMakeAStreamWithoutIDsThatNothingBuffers() async throws {
        let answer = try await send(Modern.call("progress", meta: ["progressToken": "t"]))
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "text/event-stream")
        #expect(answer.headers[.xAccelBuffering] == "no")
        #expect(answer.headers[.cacheControl] == "no-cache, no-transform")
        #expect(!answer.body.contains("id: ") && !answer.body.contains("retry:"))
        #expect(answer.body.split(separator: "\n").filter { $0.hasPrefix("data: ") }.count == 2)
    }

    @Test func clientThatTakesStreamsOnlyGetsOne() async throws {
        let answer = try await send(Modern.call("first"), [.accept: "text/event-stream"])
        #expect(answer.headers[.contentType] == "text/event-stream")
        #expect(answer.body.hasPrefix("event: message\ndata: {"))
    }

    @Test func subscriptionNeedsAClientThatTakesStreams() async throws {
        let request = Modern.request("subscriptions/listen", ["notifications": [:]])
        let answer = try await send(request, [.accept: "application/json"])
        #expect(answer.status == 406)
        #expect(answer.json?["id"] == 1)
    }
}

import JSONRPC
import MCP
import Testing

@testable import MCPServer

/// mcp.md §3.2: answers that a handler needs are asked for by its result.
@Suite(.timeLimit(.minutes(1))) struct ModernInputTests {
    private static let form = InputRequest.form("Your name?", schema: ["type": "object", "properties": ["name": ["type": "string"]]])

    private func server(
        _ request: InputRequest = form,
        state: String? = "sealed",
        then: @escaping @Sendable (JSONObject, RequestContext) throws -> Void = { _, _ in }
    ) throws -> MCPServer {
        try Modern.server([
            try Fixture.tool("asks") { _, context in
                let answers = try await context.ask([("q", request)], state: state)
                try then(answers, context)
                return CallToolResult(content: [.text(answers["q"]?["content"]?["name"]?.stringValue ?? "none")])
            }
        ])
    }

    private func call(_ more: JSONObject = [:], capabilities: JSONObject = ["elicitation": [:]]) -> JSONRPCRequest {
        Modern.call("asks", more: more, capabilities: capabilities)
    }

    @Test func firstRoundAsksWithMethodAndParamsOnly() async throws {
        let result = await Modern.answer(to: call(), by: try server())?["result"]
        #expect(result?["resultType"] == "input_required")
        #expect(result?["inputRequests"] == ["q": Self.form.json])
        #expect(result?["inputRequests"]?["q"]?.objectValue?.keys == ["method", "params"])
        #expect(result?["requestState"] == "sealed")
        #expect(result?["_meta"]?[RequestMetadata.serverInfoKey] != nil)
        #expect(result?["ttlMs"] == nil, "never cached")
        #expect(result?["content"] == nil)
    }

    @Test func answersCompleteTheCallWithoutAnEarlierRound() async throws {
        let answers: JSONObject = ["inputResponses": ["q": ["action": "accept", "content": ["name": "Ada"]]]]
        let result = await Modern.answer(to: call(answers), by: try server())?["result"]
        #expect(result?["resultType"] == "complete")
        #expect(result?["content"]?.arrayValue?.first?["text"] == "Ada")
    }

    @Test(arguments: [[:], ["other": ["action": "accept"]], ["q": 1], ["q": .null]] as [JSONObject])
    func missingAnswerIsAskedForAgain(_ responses: JSONObject) async throws {
        let answer = await Modern.answer(to: call(["inputResponses": .object(responses)]), by: try server())
        #expect(answer?["result"]?["resultType"] == "input_required")
    }

    @Test(arguments: [1, "x", [], .null] as [JSONValue])
    func malformedAnswersAreInvalidParams(_ responses: JSONValue) async throws {
        let answer = await Modern.answer(to: call(["inputResponses": responses]), by: try server())
        #expect(answer?["error"]?["code"] == -32602)
    }

    @Test(arguments: [1, [:], .null] as [JSONValue])
    func stateThatIsNoTextIsInvalidParams(_ state: JSONValue) async throws {
        #expect(await Modern.answer(to: call(["requestState": state]), by: try server())?["error"]?["code"] == -32602)
    }

    @Test func stateComesBackToTheHandlerVerbatim() async throws {
        let answers: JSONObject = ["requestState": "a\u{0}b ü", "inputResponses": ["q": ["action": "decline"]]]
        let server = try server { _, context in #expect(context.requestState == "a\u{0}b ü") }
        #expect(await Modern.answer(to: call(answers), by: server)?["result"] != nil)
    }

    @Test(arguments: [
        (InputRequest.form("", schema: [:]), "elicitation"), (.sampling([:]), "sampling"), (.roots, "roots"),
        (InputRequest(method: "elicitation/create", params: ["mode": "url"]), "elicitation"),
    ])
    func undeclaredCapabilityIsToldAsCapabilities(_ request: InputRequest, _ capability: String) async throws {
        let error = await Modern.answer(to: call(capabilities: [:]), by: try server(request))?["error"]
        #expect(error?["code"] == -32021)
        #expect(error?["data"] == ["requiredCapabilities": .object([capability: [:]])])
    }

    @Test func elicitationWithoutModesMeansFormsOnly() async throws {
        let url = InputRequest(method: "elicitation/create", params: ["mode": "url"])
        #expect(await Modern.answer(to: call(), by: try server(url))?["error"]?["code"] == -32021)
        let both: JSONObject = ["elicitation": ["form": [:], "url": [:]]]
        #expect(await Modern.answer(to: call(capabilities: both), by: try server(url))?["result"] != nil)
        let urlOnly: JSONObject = ["elicitation": ["url": [:]]]
        #expect(await Modern.answer(to: call(capabilities: urlOnly), by: try server())?["error"]?["code"] == -32021)
    }

    @Test func stateThatIsRefusedIsAnErrorAndNoRound() async throws {
        let server = try server { _, _ in throw RequestStateError.invalid.jsonRPC }
        let answers: JSONObject = ["requestState": "forged", "inputResponses": ["q": ["action": "accept"]]]
        #expect(await Modern.answer(to: call(answers), by: server)?["error"]?["code"] == -32602)
    }

    @Test func promptsAndResourcesMayAskAndNothingElse() async throws {
        let demand = InputRequired([("q", Self.form)])
        let server = MCPServer(
            info: Implementation(name: "s", version: "1"),
            tools: [],
            prompts: [ServerPrompt(Prompt(name: "p")) { _, _ in throw demand }],
            resources: ServerResources(read: { _, _ in throw demand }),
            complete: { _, _ in throw demand }
        )
        let prompt = await Modern.answer(to: Modern.request("prompts/get", ["name": "p"]), by: server)
        #expect(prompt?["result"]?["resultType"] == "input_required")
        let resource = await Modern.answer(to: Modern.request("resources/read", ["uri": "x"]), by: server)
        #expect(resource?["result"]?["resultType"] == "input_required")
        let completion = Modern.request(
            "completion/complete",
            ["ref": ["type": "ref/prompt", "name": "p"], "argument": ["name": "a", "value": ""]]
        )
        #expect(await Modern.answer(to: completion, by: server)?["error"]?["code"] == -32603)
    }

    @Test func listsIgnoreAnswers() async throws {
        let request = Modern.request("tools/list", ["inputResponses": 1, "requestState": 2])
        #expect(await Modern.answer(to: request, by: try server())?["result"]?["resultType"] == "complete")
    }

    @Test func severalQuestionsAreAskedAtOnce() async throws {
        let server = try Modern.server([
            try Fixture.tool("asks") { _, context in
                _ = try await context.ask([("a", Self.form), ("b", .roots)])
                return CallToolResult(content: [])
            }
        ])
        let capabilities: JSONObject = ["elicitation": [:], "roots": [:]]
        let partly: JSONObject = ["inputResponses": ["a": ["action": "accept"]]]
        let result = await Modern.answer(to: call(partly, capabilities: capabilities), by: server)?["result"]
        #expect(result?["inputRequests"]?.objectValue?.keys == ["a", "b"])
        #expect(result?["requestState"] == nil)
    }
}

import JSONRPC
import MCP
import Testing

@testable import MCPServer

/// mcp.md §2.5: `subscriptions/listen`.
@Suite(.timeLimit(.minutes(1))) struct SubscriptionTests {
    private let changes = ChangeHub()

    private func request(_ filter: JSONObject, id: RequestID = 1) -> JSONRPCRequest {
        Modern.request("subscriptions/listen", ["notifications": .object(filter)], id: id)
    }

    private func subscription(_ message: JSONValue?) -> JSONValue? {
        message?["params"]?["_meta"]?[RequestMetadata.subscriptionIDKey]
    }

    @Test(arguments: [1, "1", "listen-α"] as [RequestID])
    func acknowledgementComesFirstAndEverythingCarriesTheID(_ id: RequestID) async throws {
        let server = try Modern.server(changes: changes)
        let sink = TellingSink()
        let request = request(["toolsListChanged": true], id: id)
        let listening = Task { await Modern.answer(to: request, by: server, sink: sink) }
        var messages = sink.messages.makeAsyncIterator()
        let first = await messages.next()
        #expect(first?["method"] == "notifications/subscriptions/acknowledged")
        #expect(first?["params"]?["notifications"] == ["toolsListChanged": true])
        #expect(subscription(first) == id.json)
        await changes.announce(.promptsListChanged)
        await changes.announce(.toolsListChanged)
        let second = await messages.next()
        #expect(second?["method"] == "notifications/tools/list_changed", "what was not asked for is not sent")
        #expect(subscription(second) == id.json)
        listening.cancel()
        #expect(await listening.value == nil, "a client that goes away gets no result")
    }

    @Test func shutdownEndsItWithAResult() async throws {
        let server = try Modern.server(changes: changes)
        let sink = TellingSink()
        let request = request(["promptsListChanged": true], id: "s")
        let listening = Task { await Modern.answer(to: request, by: server, sink: sink) }
        for await _ in sink.messages { break }
        changes.shutDown()
        let answer = await listening.value
        #expect(answer?["id"] == "s")
        #expect(answer?["result"]?["resultType"] == "complete")
        #expect(answer?["result"]?["_meta"]?[RequestMetadata.subscriptionIDKey] == "s")
    }

    @Test func oneThatComesAfterTheShutdownEndsAtOnce() async throws {
        let server = try Modern.server(changes: changes)
        changes.shutDown()
        #expect(await Modern.answer(to: request([:]), by: server)?["result"]?["resultType"] == "complete")
    }

    @Test func severalAreKeptApart() async throws {
        let server = try Modern.server(changes: changes)
        let sinks = [TellingSink(), TellingSink()]
        let filters: [JSONObject] = [["resourceSubscriptions": ["r://1"]], ["resourceSubscriptions": ["r://2"]]]
        let requests = filters.enumerated().map { request($1, id: .number(JSONNumber($0))) }
        let tasks = zip(requests, sinks).map { request, sink in Task { await Modern.answer(to: request, by: server, sink: sink) } }
        var first = sinks[0].messages.makeAsyncIterator()
        var second = sinks[1].messages.makeAsyncIterator()
        _ = await first.next()
        _ = await second.next()
        await changes.announce(.resourceUpdated(uri: "r://2"))
        await changes.announce(.resourceUpdated(uri: "r://1"))
        #expect(await first.next()?["params"]?["uri"] == "r://1")
        #expect(await second.next()?["params"]?["uri"] == "r://2")
        for task in tasks { task.cancel() }
    }

    @Test func changeBeforeTheAcknowledgementIsHeldBackAndNotLost() async {
        let sink = RecordingSink()
        let outlet = SubscriptionOutlet(sink)
        let change = JSONRPCMessage.notification(JSONRPCNotification(method: "change"))
        await outlet.send(change)
        await outlet.send(change)
        #expect(sink.messages.isEmpty)
        await outlet.open(with: .notification(JSONRPCNotification(method: "acknowledged")))
        #expect(sink.messages.map { $0["method"] } == ["acknowledged", "change"], "each change once")
        await outlet.send(change)
        #expect(sink.messages.count == 3)
    }

    @Test(
        arguments: [
            [:], ["notifications": 1], ["notifications": []], ["notifications": ["toolsListChanged": "yes"]],
            ["notifications": ["promptsListChanged": 1]], ["notifications": ["resourcesListChanged": .null]],
            ["notifications": ["resourceSubscriptions": "r://1"]], ["notifications": ["resourceSubscriptions": [1]]],
        ] as [JSONObject]
    )
    func missingOrMistypedFilterIsInvalidParams(_ params: JSONObject) async throws {
        let answer = await Modern.answer(to: Modern.request("subscriptions/listen", params), by: try Modern.server())
        #expect(answer?["error"]?["code"] == -32602)
    }

    private static let all = ServerCapabilities(
        tools: true,
        prompts: true,
        resources: true,
        completions: false,
        logging: false,
        announcements: true
    )

    private func honoured(_ filter: JSONObject, _ capabilities: ServerCapabilities = all) throws -> JSONValue? {
        try SubscriptionFilter(params: ["notifications": .object(filter)], honouring: capabilities)
            .acknowledgement(for: 1).params?["notifications"]
    }

    @Test func falseAndUnknownKindsAreLeftOut() throws {
        #expect(try honoured(["toolsListChanged": false, "taskIds": ["x"], "promptsListChanged": true]) == ["promptsListChanged": true])
        #expect(try honoured([:]) == [:])
    }

    @Test func onlyWhatTheServerHasIsHonoured() throws {
        let wanted: JSONObject = [
            "toolsListChanged": true, "promptsListChanged": true, "resourcesListChanged": true, "resourceSubscriptions": ["r://1"],
        ]
        #expect(try honoured(wanted) == .object(wanted))
        let bare = ServerCapabilities(
            tools: true,
            prompts: false,
            resources: false,
            completions: false,
            logging: false,
            announcements: true
        )
        #expect(try honoured(wanted, bare) == ["toolsListChanged": true])
    }

    @Test func resourcesAreBounded() throws {
        let uris = (0...SubscriptionFilter.maximumResources).map { JSONValue.string("r://\($0)") }
        #expect(throws: JSONRPCError.self) { try honoured(["resourceSubscriptions": .array(uris)]) }
        #expect(try honoured(["resourceSubscriptions": .array(Array(uris.dropLast()))]) != nil)
    }
}

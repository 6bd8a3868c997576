import AuthCommon
import JSONRPC
import MCP
import Testing

@testable import MCPServer

@Suite(.timeLimit(.minutes(1))) struct LegacyDispatcherTests {
    private let session = LegacySession(id: "s", owner: nil)
    private let sink = RecordingSink()

    private func send(_ text: String, to server: MCPServer) async -> JSONValue? {
        await LegacyDispatcher(server: server).receive(Array(text.utf8), in: session, from: Fixture.origin, sink: sink).value()
    }

    @Test(arguments: ProtocolRevision.legacy)
    func initializeNegotiatesAndTellsWhatIsServed(_ revision: ProtocolRevision) async throws {
        let server = Fixture.server([try Fixture.tool("a")])
        let answer = await send(Fixture.initialize(revision.rawValue), to: server)
        #expect(answer?["result"]?["protocolVersion"]?.stringValue == revision.rawValue)
        #expect(answer?["result"]?["capabilities"] == ["tools": [:]])
        #expect(answer?["result"]?["serverInfo"] == ["name": "test-server", "version": "1.0"])
        #expect(answer?["result"]?["instructions"] == "Read this.")
    }

    @Test func secondInitializeIsRefused() async {
        let server = Fixture.server([])
        _ = await send(Fixture.initialize(), to: server)
        #expect(await send(Fixture.initialize(), to: server)?["error"]?["code"] == -32600)
    }

    @Test func beforeInitializeOnlyPingIsServed() async throws {
        let server = Fixture.server([try Fixture.tool("a")])
        #expect(await send(#"{"jsonrpc":"2.0","id":9,"method":"ping"}"#, to: server) == ["jsonrpc": "2.0", "id": 9, "result": [:]])
        #expect(await send(#"{"jsonrpc":"2.0","id":9,"method":"tools/list"}"#, to: server)?["error"]?["code"] == -32600)
        #expect(await send(Fixture.call("a"), to: server)?["error"]?["code"] == -32600)
    }

    @Test func errorsRepeatTheIDWithItsType() async {
        let server = Fixture.server([])
        _ = await send(Fixture.initialize(), to: server)
        #expect(await send(#"{"jsonrpc":"2.0","id":"7","method":"nope"}"#, to: server)?["id"] == "7")
        let unknown = await send(#"{"jsonrpc":"2.0","id":7,"method":"nope"}"#, to: server)
        #expect(unknown?["id"] == 7)
        #expect(unknown?["error"]?["code"] == -32601)
    }

    @Test func errorsWithoutReadableIDHaveNone() async {
        let answer = await send("{", to: Fixture.server([]))
        #expect(answer?["error"]?["code"] == -32700)
        #expect(answer?.objectValue?.contains("id") == false)
    }

    @Test func unknownToolIsInvalidParams() async {
        let server = Fixture.server([])
        _ = await send(Fixture.initialize(), to: server)
        #expect(await send(Fixture.call("nope"), to: server)?["error"]?["code"] == -32602)
    }

    @Test func listKeepsTheOrderAndLeavesOutWhatTheCallerMayNotSee() async throws {
        let server = Fixture.server([
            try Fixture.tool("b"), try Fixture.tool("hidden", isListed: { $0.identity?.subject == "someone" }), try Fixture.tool("a"),
        ])
        _ = await send(Fixture.initialize(), to: server)
        let list = await send(#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#, to: server)
        #expect(list?["result"]?["tools"]?.arrayValue?.map { $0["name"] } == ["b", "a"])
    }

    @Test func foreignCursorIsInvalidParams() async {
        let server = Fixture.server([])
        _ = await send(Fixture.initialize(), to: server)
        let answer = await send(#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":""}}"#, to: server)
        #expect(answer?["error"]?["code"] == -32602)
    }

    @Test func invalidArgumentsAreAResultThatNamesThem() async throws {
        let input: JSONObject = [
            "type": "object", "properties": ["n": ["type": "integer"]], "required": ["n"], "additionalProperties": false,
        ]
        let server = Fixture.server([try Fixture.tool("a", input: input)])
        _ = await send(Fixture.initialize(), to: server)
        let answer = await send(Fixture.call("a", arguments: #"{"n":"1"}"#), to: server)
        #expect(answer?["result"]?["isError"] == true)
        #expect(answer?["result"]?["content"]?.arrayValue?.first?["text"]?.stringValue?.contains("n: ") == true)
    }

    @Test func cancelledCallStopsAndGetsNoAnswer() async throws {
        let gate = Gate()
        let server = Fixture.server([
            try Fixture.tool("slow") { _, _ in
                try await gate.wait()
                return CallToolResult(content: [])
            }
        ])
        _ = await send(Fixture.initialize(), to: server)
        let dispatcher = LegacyDispatcher(server: server)
        let reply = dispatcher.receive(Array(Fixture.call("slow").utf8), in: session, from: Fixture.origin, sink: sink)
        #expect(session.isBusy)
        _ = await send(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"2"}}"#, to: server)
        #expect(session.isBusy, "the string is another id than the number")
        _ = await send(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}"#, to: server)
        #expect(await reply.value() == nil)
        #expect(!session.isBusy)
    }

    @Test func sameIDTwiceAtATimeIsRefusedAndTheFirstGoesOn() async throws {
        let gate = Gate()
        let server = Fixture.server([
            try Fixture.tool("slow") { _, _ in
                try await gate.wait()
                return CallToolResult(content: [.text("first")])
            }
        ])
        _ = await send(Fixture.initialize(), to: server)
        let dispatcher = LegacyDispatcher(server: server)
        let first = dispatcher.receive(Array(Fixture.call("slow").utf8), in: session, from: Fixture.origin, sink: sink)
        #expect(await send(Fixture.call("slow"), to: server)?["error"]?["code"] == -32600)
        gate.open()
        #expect(await first.value()?["result"]?["content"]?.arrayValue?.first?["text"] == "first")
    }

    @Test func thrownErrorsDoNotLeak() async throws {
        struct Leak: Error { let secret = "hunter2" }
        let server = Fixture.server([try Fixture.tool("bad") { _, _ in throw Leak() }])
        _ = await send(Fixture.initialize(), to: server)
        let answer = await send(Fixture.call("bad"), to: server)
        #expect(answer?["error"]?["code"] == -32603)
        #expect(answer?.text().contains("hunter2") == false)
    }

    @Test func progressGoesOutOnlyWhenAskedForAndOnlyUpwards() async throws {
        let server = Fixture.server([
            try Fixture.tool("p") { _, context in
                for value in [0.0, 50, 50, 20, 100] { await context.reportProgress(value, total: 100) }
                return CallToolResult(content: [])
            }
        ])
        _ = await send(Fixture.initialize(), to: server)
        _ = await send(Fixture.call("p"), to: server)
        #expect(sink.messages.isEmpty)
        _ = await send(Fixture.call("p", meta: #"{"progressToken":"tok"}"#), to: server)
        #expect(sink.messages.map { $0["params"]?["progress"] } == [0, 50, 100])
        #expect(sink.messages.allSatisfy { $0["params"]?["progressToken"] == "tok" && $0["id"] == nil })
    }

    @Test func handlerSeesTheIdentityOfItsOwnMessage() async throws {
        let server = Fixture.server([
            try Fixture.tool("who") { _, context in CallToolResult(content: [.text(context.identity?.subject ?? "nobody")]) }
        ])
        _ = await send(Fixture.initialize(), to: server)
        let anonymous = MessageOrigin(identity: nil, transport: .stdio)
        let dispatcher = LegacyDispatcher(server: server)
        let answer = await dispatcher.receive(Array(Fixture.call("who").utf8), in: session, from: anonymous, sink: sink).value()
        #expect(answer?["result"]?["content"]?.arrayValue?.first?["text"] == "nobody")
        #expect(await send(Fixture.call("who"), to: server)?["result"]?["content"]?.arrayValue?.first?["text"] == "sub")
    }
}

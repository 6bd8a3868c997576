import JSONRPC
import MCP
import Testing

@testable import MCPServer

@Suite(.timeLimit(.minutes(1))) struct BatchTests {
    private let session = LegacySession(id: "s", owner: nil)

    private func send(_ text: String) async throws -> JSONValue? {
        let dispatcher = LegacyDispatcher(server: Fixture.server([try Fixture.tool("a")]))
        return await dispatcher.receive(Array(text.utf8), in: session, from: Fixture.origin, sink: DiscardingSink()).value()
    }

    @Test func answersStandInTheOrderOfTheRequests() async throws {
        _ = try await send(Fixture.initialize("2025-03-26"))
        let answers = try await send("[\(Fixture.call("a", id: 5)),{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"ping\"},7]")?.arrayValue
        #expect(answers?.map { $0["id"] } == [5, 6, nil])
        #expect(answers?.last?["error"]?["code"] == -32600)
    }

    @Test func notificationsAloneGetNoAnswer() async throws {
        _ = try await send(Fixture.initialize("2025-03-26"))
        #expect(try await send(#"[{"jsonrpc":"2.0","method":"notifications/initialized"}]"#) == nil)
    }

    @Test func initializeInsideIsRefused() async throws {
        _ = try await send(Fixture.initialize("2025-03-26"))
        let answers = try await send("[\(Fixture.initialize(id: 3))]")?.arrayValue
        #expect(answers?.first?["error"]?["code"] == -32600)
    }

    @Test(arguments: ["2024-11-05", "2025-06-18", "2025-11-25"])
    func otherRevisionsHaveNone(_ revision: String) async throws {
        _ = try await send(Fixture.initialize(revision))
        #expect(try await send(#"[{"jsonrpc":"2.0","id":6,"method":"ping"}]"#)?["error"]?["code"] == -32600)
    }

    @Test func emptyOneIsInvalid() async throws {
        _ = try await send(Fixture.initialize("2025-03-26"))
        #expect(try await send("[]")?["error"]?["code"] == -32600)
    }
}

import AuthCommon
import JSONRPC
import MCP
import Testing

@testable import MCPServer

/// mcp.md §3.2, legacy: the server's requests on the stream of the request that they belong to.
@Suite(.timeLimit(.minutes(1))) struct LegacyAskerTests {
    private let session = LegacySession(id: "s", owner: nil)
    private let client = TellingSink()
    private static let form = InputRequest.form("Your name?", schema: ["type": "object"])

    private func asking(
        _ requests: [(key: String, request: InputRequest)] = [("q", form)],
        timeout: Duration = .seconds(30)
    ) -> Task<InputAnswers, any Error> {
        let asker = LegacyAsker(session: session, sink: client)
        return Task { try await asker.ask(requests, timeout: timeout) }
    }

    private func respond(_ id: JSONValue?, _ outcome: JSONRPCResponse.Outcome, from identity: Identity? = Fixture.identity) throws {
        let id = try #require(id.flatMap(RequestID.init))
        session.resolve(JSONRPCResponse(id: id, outcome: outcome), from: identity)
    }

    @Test func answerComesBackUnderItsKeyWithItsSender() async throws {
        let task = asking()
        var messages = client.messages.makeAsyncIterator()
        let request = await messages.next()
        #expect(request?["method"] == "elicitation/create")
        #expect(request?["params"]?["message"] == "Your name?")
        try respond(request?["id"], .result(["action": "decline"]))
        let answers = try await task.value
        #expect(answers.byKey == ["q": ["action": "decline"]])
        #expect(answers.identity == Fixture.identity)
    }

    @Test func questionsAreAskedOneAfterTheOtherUnderFreshIDs() async throws {
        let task = asking([("a", Self.form), ("b", .roots)])
        var messages = client.messages.makeAsyncIterator()
        let first = await messages.next()
        try respond(first?["id"], .result(["n": 1]))
        let second = await messages.next()
        #expect(second?["method"] == "roots/list")
        #expect(first?["id"] != second?["id"])
        try respond(second?["id"], .result(["n": 2]))
        #expect(try await task.value.byKey == ["a": ["n": 1], "b": ["n": 2]])
    }

    @Test func errorOfTheClientIsARefusal() async throws {
        let task = asking()
        var messages = client.messages.makeAsyncIterator()
        let error = JSONRPCError(code: .methodNotFound, message: "no")
        try respond(await messages.next()?["id"], .error(error))
        await #expect(throws: InputFailure.refused(error)) { try await task.value }
    }

    @Test func noAnswerInTimeIsToldToTheClient() async throws {
        let task = asking(timeout: .zero)
        await #expect(throws: InputFailure.timedOut) { try await task.value }
        var messages = client.messages.makeAsyncIterator()
        let request = await messages.next()
        let cancelled = await messages.next()
        #expect(cancelled?["method"] == "notifications/cancelled")
        #expect(cancelled?["params"]?["requestId"] == request?["id"])
        try respond(request?["id"], .result([:]))
    }

    @Test func cancellationOfTheCallCancelsTheQuestion() async throws {
        let task = asking()
        var messages = client.messages.makeAsyncIterator()
        let request = await messages.next()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await messages.next()?["params"]?["requestId"] == request?["id"])
    }

    @Test func endOfTheSessionEndsTheQuestion() async throws {
        let task = asking()
        var messages = client.messages.makeAsyncIterator()
        _ = await messages.next()
        session.close()
        await #expect(throws: InputFailure.gone) { try await task.value }
    }

    @Test func nothingIsAskedInASessionThatHasEnded() async throws {
        session.close()
        let task = asking()
        await #expect(throws: InputFailure.gone) { try await task.value }
    }

    @Test func clientThatTakesNoMessagesIsNotWaitedFor() async throws {
        let asker = LegacyAsker(session: session, sink: DiscardingSink())
        await #expect(throws: InputFailure.gone) { try await asker.ask([("q", Self.form)], timeout: .seconds(30)) }
    }

    @Test func answersToNoQuestionAreIgnored() async throws {
        let task = asking()
        var messages = client.messages.makeAsyncIterator()
        let request = await messages.next()
        session.resolve(JSONRPCResponse(id: "server-99", result: ["x": 1]), from: nil)
        session.resolve(JSONRPCResponse(id: 1, result: ["x": 1]), from: nil)
        session.resolve(JSONRPCResponse(id: nil, error: JSONRPCError(code: .internalError, message: "")), from: nil)
        try respond(request?["id"], .result(["x": 2]))
        try respond(request?["id"], .result(["x": 3]))
        #expect(try await task.value.byKey == ["q": ["x": 2]])
    }

    @Test func undeclaredCapabilityIsNotUsed() async throws {
        let context = RequestContext(
            revision: .v2025_11_25,
            clientInfo: nil,
            clientCapabilities: ClientCapabilities(),
            requestID: 1,
            origin: Fixture.origin,
            asker: LegacyAsker(session: session, sink: client)
        )
        await #expect(throws: InputFailure.unsupported("elicitation")) { try await context.ask([("q", Self.form)]) }
    }
}

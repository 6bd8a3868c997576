import AuthCommon
import HTTPTypes
import JSONRPC
import MCP
import NIOCore
import Testing

@testable import MCPServer

/// The listener's answers without a socket: what a request gets, header by header.
@Suite(.timeLimit(.minutes(1))) struct MCPResponderTests {
    private let bench: ResponderBench
    private var registry: SessionRegistry { bench.registry }

    init() throws {
        bench = ResponderBench(
            Fixture.server([
                try Fixture.tool("a"),
                try Fixture.tool("p") { _, context in
                    await context.reportProgress(1)
                    return CallToolResult(content: [.text("end")])
                },
            ])
        )
    }

    private func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ headers: HTTPFields = [:],
        body: String = ""
    ) async throws -> ResponderBench.Answer {
        try await bench.send(method, path, headers, body: body)
    }

    private func open() async throws -> HTTPFields {
        let answer = try await send(.post, "/mcp", body: Fixture.initialize())
        return [.mcpSessionID: try #require(answer.headers[.mcpSessionID])]
    }

    @Test func initializeOpensASessionWhoseIDTravelsInTheHeader() async throws {
        let answer = try await send(.post, "/mcp", body: Fixture.initialize())
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(answer.headers[.mcpSessionID]?.count == 32)
        #expect(answer.json?["result"]?["protocolVersion"] == "2025-11-25")
    }

    @Test func failedInitializeLeavesNoSession() async throws {
        for _ in 0..<10 {
            let answer = try await send(.post, "/mcp", body: #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#)
            #expect(answer.json?["error"]?["code"] == -32602)
            #expect(answer.headers[.mcpSessionID] == nil)
        }
    }

    /// Opens a session on another bench and reads its own stream.
    private func openAndRead(_ bench: ResponderBench) async throws -> HTTPFields {
        let id = try #require(try await bench.send(.post, "/mcp", body: Fixture.initialize()).headers[.mcpSessionID])
        let alice = Identity(subject: "alice", roles: [], tenant: "")
        _ = try #require(bench.registry.session(id, for: alice)).1.own.attach()
        return [.mcpSessionID: id]
    }

    @Test func fullSessionTableIs503() async throws {
        for _ in 0..<3 { _ = try await openAndRead(bench) }
        let answer = try await send(.post, "/mcp", [.authorization: "bob"], body: Fixture.initialize())
        #expect(answer.status == 503)
        #expect(answer.headers[.retryAfter] != nil)
        #expect(answer.json?["error"] == "too-many-sessions")
    }

    @Test func sessionBeyondTheQuotaEndsTheLeastRecentlyUsedWhichIsThen404() async throws {
        let bench = ResponderBench(Fixture.server([try Fixture.tool("a")]), sessionLimit: 9)
        var sessions: [HTTPFields] = []
        for _ in 0..<4 {
            let answer = try await bench.send(.post, "/mcp", body: Fixture.initialize())
            sessions.append([.mcpSessionID: try #require(answer.headers[.mcpSessionID])])
        }
        for (session, status) in zip(sessions, [404, 200, 200, 200]) {
            #expect(try await bench.send(.post, "/mcp", session, body: Fixture.call("a")).status == status)
        }
    }

    @Test func callerWhoseSessionsAreAllInUseIs429AndToldWhatToDo() async throws {
        let bench = ResponderBench(Fixture.server([try Fixture.tool("a")]), sessionLimit: 9)
        var session: HTTPFields = [:]
        for _ in 0..<3 { session = try await openAndRead(bench) }
        let answer = try await bench.send(.post, "/mcp", body: Fixture.initialize(id: 77))
        #expect(answer.status == 429)
        #expect(answer.headers[.retryAfter] == "10")
        #expect(answer.headers[.mcpSessionID] == nil)
        #expect(answer.json?["id"] == 77)
        #expect(answer.json?["error"]?["message"]?.stringValue?.contains("DELETE") == true)
        let stream = try await bench.send(.get, "/sse")
        #expect(stream.status == 429)
        #expect(stream.headers[.retryAfter] == "10")
        #expect(stream.json?["error"] == "too-many-sessions")
        #expect(stream.json?["message"]?.stringValue?.contains("DELETE") == true)
        #expect(try await bench.send(.post, "/mcp", [.authorization: "bob"], body: Fixture.initialize()).status == 200)
        #expect(try await bench.send(.delete, "/mcp", session).status == 204)
        #expect(try await bench.send(.post, "/mcp", body: Fixture.initialize()).status == 200)
    }

    @Test func failedInitializeEndsNoOtherSession() async throws {
        let sessions = [try await open(), try await open(), try await open()]
        _ = try await send(.post, "/mcp", body: #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#)
        for session in sessions { #expect(try await send(.post, "/mcp", session, body: Fixture.call("a")).status == 200) }
    }

    @Test func notificationIs202WithoutABody() async throws {
        let answer = try await send(.post, "/mcp", try await open(), body: #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
        #expect(answer.status == 202)
        #expect(answer.body.isEmpty)
    }

    @Test func quickCallIsJSON() async throws {
        let answer = try await send(.post, "/mcp", try await open(), body: Fixture.call("a"))
        #expect(answer.headers[.contentType] == "application/json")
        #expect(answer.json?["result"]?["content"]?.arrayValue?.first?["text"] == "done")
    }

    @Test func callThatReportsProgressIsAnEventStreamThatEndsWithTheAnswer() async throws {
        let answer = try await send(.post, "/mcp", try await open(), body: Fixture.call("p", meta: #"{"progressToken":1}"#))
        #expect(answer.headers[.contentType] == "text/event-stream")
        #expect(answer.headers[.cacheControl] == "no-cache, no-transform")
        let data = answer.body.split(separator: "\n").filter { $0.hasPrefix("data: {") }.map { $0.dropFirst(6) }
        #expect(data.count == 2)
        #expect(data.first?.contains("notifications/progress") == true)
        #expect(data.last?.contains("\"end\"") == true)
    }

    @Test func clientThatTakesJSONOnlyGetsJSON() async throws {
        var headers = try await open()
        headers[.accept] = "application/json"
        let answer = try await send(.post, "/mcp", headers, body: Fixture.call("p", meta: #"{"progressToken":1}"#))
        #expect(answer.headers[.contentType] == "application/json")
    }

    @Test func missingSessionIs400AndUnknownIs404() async throws {
        #expect(try await send(.post, "/mcp", body: Fixture.call("a")).status == 400)
        let unknown = try await send(.post, "/mcp", [.mcpSessionID: "nope"], body: Fixture.call("a"))
        #expect(unknown.status == 404)
        #expect(unknown.json?["id"] == 2)
    }

    @Test func sessionOfAnotherSubjectIs404() async throws {
        var headers = try await open()
        headers[.authorization] = "mallory"
        #expect(try await send(.post, "/mcp", headers, body: Fixture.call("a")).status == 404)
        #expect(try await send(.delete, "/mcp", headers).status == 404)
        #expect(try await send(.get, "/mcp", headers).status == 404)
    }

    @Test func deleteEndsTheSession() async throws {
        let headers = try await open()
        #expect(try await send(.delete, "/mcp", headers).status == 204)
        #expect(try await send(.post, "/mcp", headers, body: Fixture.call("a")).status == 404)
    }

    @Test func identityIsAskedForOnEveryRequestButHealth() async throws {
        let anonymous: HTTPFields = [.authorization: ""]
        for path in ["/mcp", "/sse", "/messages"] {
            let answer = try await send(.post, path, anonymous)
            #expect(answer.status == 401)
            #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            #expect(answer.json == ["error": "missing-identity", "status": 401])
        }
        #expect(try await send(.get, "/healthz", anonymous).status == 200)
    }

    @Test func healthNamesServiceAndVersion() async throws {
        #expect(try await send(.get, "/healthz").json == ["status": "ok", "service": "ecs", "version": "1.0"])
        #expect(try await send(.head, "/healthz").status == 200)
        let other = try await send(.post, "/healthz")
        #expect(other.status == 405)
        #expect(other.headers[.allow] == "GET, HEAD")
    }

    @Test(arguments: [("/mcp", HTTPRequest.Method.put, "GET, POST, DELETE"), ("/sse", .post, "GET"), ("/messages", .get, "POST")])
    func otherMethodsAre405WithAllow(_ path: String, _ method: HTTPRequest.Method, _ allow: String) async throws {
        let answer = try await send(method, path)
        #expect(answer.status == 405)
        #expect(answer.headers[.allow] == allow)
    }

    @Test(arguments: [
        ("text/html", "application/json", 406), ("", "application/json", 200), ("application/json", "text/plain", 415),
        ("application/json", "", 415), ("*/*", "Application/JSON; charset=utf-8", 200),
    ])
    func mediaTypesAreChecked(_ accept: String, _ contentType: String, _ status: Int) async throws {
        let answer = try await send(.post, "/mcp", [.accept: accept, .contentType: contentType], body: Fixture.initialize())
        #expect(answer.status == status)
    }

    @Test func largeBodyIs413() async throws {
        #expect(try await send(.post, "/mcp", body: String(repeating: " ", count: 4097)).status == 413)
        #expect(try await send(.post, "/mcp", [.contentLength: "999999999"], body: "{}").status == 413)
    }

    @Test(arguments: ["{", "nonsense", "[]", #"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, #"{"jsonrpc":"2.0","id":null,"method":"ping"}"#])
    func malformedMessagesAre400(_ body: String) async throws {
        let answer = try await send(.post, "/mcp", try await open(), body: body)
        #expect(answer.status == 400)
        #expect([-32700, -32600].contains(answer.json?["error"]?["code"]?.intValue))
    }

    @Test func unknownProtocolVersionIs400() async throws {
        var headers = try await open()
        headers[.mcpProtocolVersion] = "1999-01-01"
        #expect(try await send(.post, "/mcp", headers, body: Fixture.call("a")).status == 400)
        headers[.mcpProtocolVersion] = "2025-06-18"
        #expect(try await send(.post, "/mcp", headers, body: Fixture.call("a")).status == 200)
    }

    @Test func unknownPathIs404() async throws {
        #expect(try await send(.get, "/other").status == 404)
    }

    @Test func messagesNeedASession() async throws {
        #expect(try await send(.post, "/messages", body: Fixture.initialize()).status == 400)
        #expect(try await send(.post, "/messages?session_id=", body: Fixture.initialize()).status == 400)
        #expect(try await send(.post, "/messages/?session_id=x", body: Fixture.initialize()).status == 404)
    }

    @Test func sseAnswersTravelOnTheStream() async throws {
        let identity = Identity(subject: "alice", roles: [], tenant: "")
        let (session, streams) = try registry.open(for: identity, numbered: false)
        let (stream, _) = streams.own.attach()
        let answer = try await send(.post, "/messages?session_id=\(session.id)", body: Fixture.initialize())
        #expect(answer.status == 202)
        #expect(answer.body == "Accepted")
        var events = stream.makeAsyncIterator()
        let event = await events.next().map { String(buffer: $0) }
        #expect(event?.hasPrefix("event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\"") == true)
        #expect(event?.hasSuffix("\n\n") == true)
    }
}

import AuthCommon
import JSONRPC
import NIOCore
import NIOEmbedded
import Testing

@testable import Gateway

/// gateway.md §9.3 through the handlers.
@Suite struct SessionTests {
    /// A gateway with two callers, by token.
    private func bench() throws -> ProxyBench { try ProxyBench(engine: TestEngine()) }

    private func token(_ subject: String, tenant: String = "") throws -> String {
        "Authorization: Bearer \(try TestToken.make(["sub": .string(subject), "tenant": .string(tenant), "roles": ["admin"]]))\r\n"
    }

    /// Opens a session with an answer of the server; the client's id.
    private func open(_ bench: ProxyBench, _ client: TestClient, fields: String, path: String = "/ecs/mcp") throws -> String {
        client.post("{}", path: path, fields: fields)
        _ = bench.sent()
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nMcp-Session-Id: raw-session-1\r\n\r\n")
        let received = client.received()
        #expect(!received.contains("raw-session-1"))
        let line = received.split(separator: "\r\n").first { $0.hasPrefix("Mcp-Session-Id: ") }
        return String(try #require(line).dropFirst(16))
    }

    @Test func theHeaderIsWrappedAndUnwrapped() throws {
        let bench = try bench()
        let client = bench.connect()
        let alice = try token("alice")
        let id = try open(bench, client, fields: alice)
        client.post("{}", fields: "mcp-session-id: \(id)\r\n" + alice)
        let sent = bench.sent()
        #expect(sent.contains("\r\nMcp-Session-Id: raw-session-1\r\n"))
        #expect(!sent.contains(id))
        bench.answer("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone")
        #expect(client.received().hasSuffix("gone"))
    }

    @Test func aForeignAlteredOrUnknownIDIsNotFound() throws {
        let bench = try bench()
        let client = bench.connect()
        let alice = try token("alice", tenant: "t")
        let id = try open(bench, client, fields: alice)
        var altered = id
        altered.removeLast()
        altered.append(id.hasSuffix("A") ? "B" : "A")
        let attempts: [(fields: String, path: String, id: String)] = [
            (try token("bob", tenant: "t"), "/ecs/mcp", id), (try token("alice", tenant: "u"), "/ecs/mcp", id), (alice, "/vault/mcp", id),
            (alice, "/ecs/mcp", altered), (alice, "/ecs/mcp", "raw-session-1"), (alice, "/ecs/mcp", "x"),
        ]
        var answers: Set<String> = []
        for attempt in attempts {
            client.post("{}", path: attempt.path, fields: "X-Request-Id: r\r\nMcp-Session-Id: \(attempt.id)\r\n" + attempt.fields)
            let received = client.received()
            #expect(received.hasPrefix("HTTP/1.1 404 Not Found\r\n"))
            #expect(received.hasSuffix("{\"error\":\"session-not-found\",\"status\":404}"))
            answers.insert(received)
        }
        #expect(answers.count == 1)
        #expect(bench.upstreams.count == 1)
        #expect(bench.sent() == "")
    }

    @Test(
        "an empty or repeated id",
        arguments: [
            "Mcp-Session-Id: \r\n", "Mcp-Session-Id: a\r\nMcp-Session-Id: a\r\n", "Mcp-Session-Id: a\r\nmcp_session_id: b\r\n",
            "MCP_SESSION_ID: a\r\n",
        ]
    )
    func badHeaders(_ fields: String) throws {
        let bench = try bench()
        let client = bench.connect()
        client.post("{}", fields: fields + (try token("alice")))
        let received = client.received()
        #expect(received.hasPrefix("HTTP/1.1 400 "))
        #expect(received.contains("\"bad-session-id\""))
        #expect(bench.upstreams.isEmpty)
    }

    @Test(
        "dropped for revisions without sessions",
        arguments: [
            ("MCP-Protocol-Version: 2026-07-28\r\n", true), ("MCP-Protocol-Version: 2027-01-01\r\n", true),
            ("MCP-Protocol-Version: 2025-11-25\r\n", false), ("", false),
            ("MCP-Protocol-Version: 2026-07-28\r\nMCP-Protocol-Version: 2025-11-25\r\n", false),
            ("MCP_Protocol_Version: 2026-07-28\r\n", false),
        ] as [(String, Bool)]
    )
    func modernRequests(_ fields: String, _ isDropped: Bool) throws {
        let bench = try bench()
        let client = bench.connect()
        client.post("{}", fields: "Mcp-Session-Id: anything\r\n" + fields + (try token("alice")))
        if isDropped {
            #expect(!bench.sent().contains("anything"))
            #expect(client.received() == "")
        } else {
            #expect(client.received().hasPrefix("HTTP/1.1 404 "))
        }
    }

    @Test func anIDNamedByConnectionIsNoID() throws {
        let bench = try bench()
        let client = bench.connect()
        client.post("{}", fields: "Connection: mcp-session-id\r\nMcp-Session-Id: raw\r\n" + (try token("alice")))
        #expect(!bench.sent().contains("raw"))
    }

    @Test(
        "an id of the server that cannot be used is an invalid response",
        arguments: ["Mcp-Session-Id: a b\r\n", "Mcp-Session-Id: \r\n", "Mcp-Session-Id: a\r\nMcp-Session-Id: b\r\n"]
    )
    func badIDsOfServers(_ fields: String) throws {
        let bench = try bench()
        let client = bench.connect()
        client.post("{}", fields: try token("alice"))
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\(fields)\r\n")
        #expect(client.received().hasPrefix("HTTP/1.1 502 "))
    }

    // MARK: HTTP+SSE

    /// Opens a stream; the path that its endpoint event names.
    private func openStream(_ bench: ProxyBench, _ client: TestClient, fields: String) throws -> String {
        client.request("GET /ecs/sse", fields)
        #expect(bench.sent().hasPrefix("GET /sse HTTP/1.1\r\n"))
        bench.answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        let event = "event: endpoint\r\ndata: http://127.0.0.1:9/messages/?session_id=abc&v=1\r\n\r\n"
        bench.answer("\(String(event.utf8.count, radix: 16))\r\n\(event)\r\n")
        let received = client.received()
        let line = received.split(separator: "\r\n").first { $0.hasPrefix("data: ") }
        return String(try #require(line).dropFirst(6))
    }

    @Test func theEndpointEventLeadsBackToTheSession() throws {
        let bench = try bench()
        let client = bench.connect()
        let alice = try token("alice")
        let path = try openStream(bench, client, fields: alice)
        #expect(path.hasPrefix("/ecs/messages?session_id="))
        #expect(path.hasSuffix("&v=1"))
        let other = bench.connect()
        other.post("{}", path: path, fields: alice)
        #expect(bench.sent().hasPrefix("POST /messages?session_id=abc&v=1 HTTP/1.1\r\n"))
        bench.answer("HTTP/1.1 202 Accepted\r\nContent-Length: 8\r\n\r\nAccepted")
        #expect(other.received().hasPrefix("HTTP/1.1 202 Accepted\r\n"))
        other.post("{}", path: path, fields: try token("bob"))
        #expect(other.received().hasPrefix("HTTP/1.1 404 "))
        other.post("{}", path: path.replacing("/ecs/", with: "/vault/"), fields: alice)
        #expect(other.received().hasPrefix("HTTP/1.1 404 "))
    }

    @Test(
        "a missing, empty, repeated or disguised id in the query",
        arguments: ["", "?", "?x=1", "?session_id=", "?session_id=a&session_id=b", "?session%5Fid=a"]
    )
    func badQueries(_ query: String) throws {
        let bench = try bench()
        let client = bench.connect()
        client.post("{}", path: "/ecs/messages" + query, fields: try token("alice"))
        #expect(client.received().contains("\"bad-session-id\""))
        #expect(bench.upstreams.isEmpty)
    }

    @Test func theQueryOfOtherPathsIsUntouched() throws {
        let bench = try bench()
        let client = bench.connect()
        client.post("{}", path: "/ecs/mcp?session_id=x&a=%2F", fields: try token("alice"))
        #expect(bench.sent().hasPrefix("POST /mcp?session_id=x&a=%2F HTTP/1.1\r\n"))
    }

    @Test(
        "a stream without a session is an invalid response",
        arguments: ["event: endpoint\ndata: /messages\n\n", "event: message\ndata: x\n\n", "data: /messages?session_id=a\n\n"]
    )
    func streamsWithoutASession(_ event: String) throws {
        let bench = try bench()
        let client = bench.connect()
        let chunk = "\(String(event.utf8.count, radix: 16))\r\n\(event)\r\n"
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        client.request("GET /ecs/sse", try token("alice"))
        bench.answer(head + chunk)
        #expect(client.received().hasPrefix("HTTP/1.1 502 Bad Gateway\r\n"))
        #expect(!bench.upstream.isActive)
        // When the head has gone out already, the stream is torn.
        client.request("GET /ecs/sse", try token("alice"))
        bench.answer(head)
        bench.answer(chunk)
        let received = client.received()
        #expect(received.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(received.hasSuffix("\r\n\r\n"))
        #expect(!client.isOpen)
        #expect(bench.records == ["access 502", "access 200 aborted"])
    }

    @Test func onlyTheStreamOfSSEIsRewritten() throws {
        let bench = try bench()
        let client = bench.connect()
        client.request("GET /ecs/mcp", try token("alice"))
        let event = "event: endpoint\ndata: /messages?session_id=abc\n\n"
        bench.answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: \(event.utf8.count)\r\n\r\n\(event)")
        #expect(client.received().contains(event))
    }
}

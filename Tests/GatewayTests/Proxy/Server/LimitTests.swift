import Foundation
import JSONRPC
import NIOEmbedded
import Testing

@testable import Gateway

/// gateway.md §11 through the handlers.
@Suite struct LimitTests {
    private func header(_ subject: String) throws -> String {
        "Authorization: Bearer \(try TestToken.make(["sub": .string(subject), "roles": ["admin"]]))\r\n"
    }

    @Test("requests_per_second and burst") func requestRate() throws {
        var limits = Limits()
        limits.requestsPerSecond = 1
        limits.burst = 2
        let bench = try ProxyBench(limits: limits, engine: TestEngine())
        let client = bench.connect()
        let alice = try header("alice")
        func post(_ fields: String) -> String {
            client.post("{}", fields: fields)
            if bench.upstreams.count > 0, !bench.sent().isEmpty { bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
            return String(client.received().prefix(12))
        }
        #expect(post(alice) == "HTTP/1.1 200")
        #expect(post(alice) == "HTTP/1.1 200")
        #expect(post(alice) == "HTTP/1.1 429")
        #expect(post(try header("bob")) == "HTTP/1.1 200")
        bench.wait(seconds: 1)
        #expect(post(alice) == "HTTP/1.1 200")
        #expect(post(alice) == "HTTP/1.1 429")
        let limited = bench.recorder.records(of: "rate-limited")
        #expect(limited.count == 2)
        #expect(limited.first?["limit"]?.stringValue == "requests_per_second")
        #expect(limited.first?["sub"]?.stringValue == "alice")
    }

    @Test("failed_auth_per_minute, before the token is looked at") func failedAuthentications() throws {
        var limits = Limits()
        limits.failedAuthPerMinute = 3
        let bench = try ProxyBench(limits: limits, engine: TestEngine())
        let client = bench.connect()
        for _ in 0..<3 {
            client.post("{}", fields: "Authorization: Bearer nonsense\r\n")
            #expect(client.received().hasPrefix("HTTP/1.1 401 "))
        }
        for fields in ["Authorization: Bearer nonsense\r\n", try header("alice"), ""] {
            client.post("{}", fields: fields)
            let received = client.received()
            #expect(received.hasPrefix("HTTP/1.1 429 "))
            #expect(received.contains("\"rate-limited\""))
            #expect(received.contains("Retry-After: "))
        }
        client.request("GET /healthz")
        #expect(client.received().hasPrefix("HTTP/1.1 200 "))
        let other = bench.connect(peer: PeerAddress(text: "192.0.2.1", isLoopback: false))
        other.post("{}", fields: try header("alice"))
        #expect(other.received() == "")
        bench.wait(seconds: 21)
        client.post("{}", fields: try header("alice"))
        #expect(client.received() == "")
        #expect(bench.upstreams.count == 2)
    }

    @Test("auth-rejected instead of access, once") func oneRecordPerRequest() throws {
        let bench = try ProxyBench(engine: TestEngine())
        let client = bench.connect()
        client.post("{}")
        #expect(client.received().contains("WWW-Authenticate: Bearer resource_metadata="))
        client.post("{}", path: "/vault/mcp", fields: "Authorization: Bearer \(try TestToken.make(["roles": ["operator"]]))\r\n")
        #expect(client.received().hasPrefix("HTTP/1.1 403 "))
        client.post("{}", path: "/nowhere", fields: try header("alice"))
        client.send("nonsense\r\n\r\n")
        #expect(bench.records == ["auth-rejected 401", "auth-rejected 403", "access 404", "access 400"])
    }

    @Test func theLogNeverContainsSecrets() throws {
        let bench = try ProxyBench(engine: TestEngine())
        let client = bench.connect()
        let token = try TestToken.make(["roles": ["admin"]])
        client.post(
            "{\"secret-body\":1}",
            path: "/ecs/mcp?secret-query=1",
            fields: "Authorization: Bearer \(token)\r\nMcp-Session-Id: secret-session\r\n"
        )
        client.post("{\"secret-body\":1}", path: "/ecs/mcp?secret-query=1", fields: "Authorization: Bearer \(token)\r\n")
        let assertion = bench.sent().split(separator: "\r\n").first { $0.hasPrefix("MCP-Gateway-Identity: ") }?.dropFirst(22)
        bench.answer("HTTP/1.1 500 Oops\r\nContent-Length: 8\r\nMcp-Session-Id: secret-session\r\n\r\nsecret-b")
        let log = bench.recorder.records.map { $0.text() }.joined()
        #expect(!log.contains("secret-"))
        #expect(!log.contains(token))
        #expect(!log.contains(try #require(assertion)))
    }
}

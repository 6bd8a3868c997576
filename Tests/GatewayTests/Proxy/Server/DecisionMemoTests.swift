import JSONRPC
import NIOEmbedded
import Testing

@testable import Gateway

@Suite struct DecisionMemoTests {
    private static let peer = PeerAddress(text: "127.0.0.1", isLoopback: true)

    private func set(_ memo: inout DecisionMemo, _ line: String, _ fields: String, peer: PeerAddress = peer) throws {
        let (head, table, bytes) = try HeadBytes.request("\(line) HTTP/1.1\r\n\(fields)\r\n")
        memo.setKey(bytes.span, head, table, peer: peer)
    }

    private let fields = "Host: localhost\r\nAuthorization: Bearer x\r\n"

    /// A memo that has kept a decision about a POST to /ecs/mcp in second 5.
    private func memo(_ configuration: GatewayConfiguration) throws -> DecisionMemo {
        var memo = DecisionMemo()
        try set(&memo, "POST /ecs/mcp", fields)
        let decision = configuration.engine.decide(TestEngine.facts("/ecs/mcp"), now: 5)
        memo.keep(decision, under: configuration, keyGeneration: configuration.engine.keyGeneration, now: 5)
        return memo
    }

    private func configuration() throws -> GatewayConfiguration { try ProxyBench.configuration(Limits(), TestEngine(), 15) }

    @Test func findsTheSameRequestInTheSameSecond() throws {
        let configuration = try configuration()
        var memo = try memo(configuration)
        try set(&memo, "POST /ecs/mcp", "X: y\r\nContent-Length: 5\r\n" + fields)
        #expect(memo.decision(under: configuration, now: 5.9) != nil)
        #expect(memo.decision(under: configuration, now: 6) == nil)
        #expect(memo.decision(under: configuration, now: 4.9) == nil)
        #expect(memo.decision(under: try self.configuration(), now: 5) == nil)
    }

    @Test(
        "everything that can influence a decision counts",
        arguments: [
            ("GET /ecs/mcp", "Host: localhost\r\nAuthorization: Bearer x\r\n"),
            ("POST /ecs/sse", "Host: localhost\r\nAuthorization: Bearer x\r\n"),
            ("POST /ecs/mcp?q", "Host: localhost\r\nAuthorization: Bearer x\r\n"),
            ("POST /ecs/mcp", "Host: localhosT\r\nAuthorization: Bearer x\r\n"),
            ("POST /ecs/mcp", "Host: localhost\r\nAuthorization: Bearer y\r\n"), ("POST /ecs/mcp", "Host: localhost\r\n"),
            ("POST /ecs/mcp", "Host: localhost\r\nAuthorization: Bearer x\r\nAuthorization: Bearer x\r\n"),
            ("POST /ecs/mcp", "Host: localhost\r\nAuthorization: Bearer x\r\nOrigin: https://a\r\n"),
            ("POST /ecs/mcp", "Host: localhost\r\nAuthorization: Bearer x\r\nX_Forwarded_For: a\r\n"),
            ("POST /ecs/mcp", "Host: localhost\r\nAuthorization: Bearer x\r\nAccess-Control-Request-Method: a\r\n"),
            ("POST /ecs/mcp", "Host: localhost\r\nAuthorization: Bearer x\r\nAccess-Control-Request-Headers: a\r\n"),
            ("POST /ecs/mcp", "Host: localhost\r\nAuthorization:\r\n"),
        ]
    )
    func differs(_ line: String, _ fields: String) throws {
        let configuration = try configuration()
        var memo = try memo(configuration)
        try set(&memo, line, fields)
        #expect(memo.decision(under: configuration, now: 5) == nil)
    }

    @Test func thePeerCounts() throws {
        let configuration = try configuration()
        var memo = try memo(configuration)
        for peer in [PeerAddress(text: "127.0.0.1", isLoopback: false), PeerAddress(text: "127.0.0.2", isLoopback: true)] {
            try set(&memo, "POST /ecs/mcp", fields, peer: peer)
            #expect(memo.decision(under: configuration, now: 5) == nil)
        }
    }

    @Test func newKeysEndIt() throws {
        let keys = KeyStore(try TestKeys.pinned())
        var engine = TestEngine()
        engine.keys = keys
        let configuration = try ProxyBench.configuration(Limits(), engine, 15)
        let memo = try memo(configuration)
        #expect(memo.decision(under: configuration, now: 5) != nil)
        keys.replacePinned([])
        #expect(memo.decision(under: configuration, now: 5) == nil)
    }

    @Test func requestsWithAMemoAreStillChecked() throws {
        let bench = try ProxyBench(engine: TestEngine())
        let client = bench.connect()
        let token = try TestToken.make(["roles": ["admin"], "jti": "j1", "exp": .int(Int(TestToken.now) - 30)])
        func post() -> String {
            client.post("{}", fields: "Authorization: Bearer \(token)\r\n")
            if let upstream = bench.upstreams.last, upstream.isActive, !bench.sent().isEmpty {
                bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            }
            return String(client.received().prefix(12))
        }
        // exp + leeway is now.
        #expect(post() == "HTTP/1.1 200")
        #expect(post() == "HTTP/1.1 200")
        bench.testClock.advance(by: 0.5)
        #expect(post() == "HTTP/1.1 401")
    }

    @Test func revocationDoesNotWait() throws {
        let engine = TestEngine()
        let bench = try ProxyBench(engine: engine)
        let client = bench.connect()
        let fields = "Authorization: Bearer \(try TestToken.make(["roles": ["admin"], "sub": "mallory"]))\r\n"
        client.post("{}", fields: fields)
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        #expect(client.received().hasPrefix("HTTP/1.1 200"))
        engine.revocations.replace(with: RevocationList(subjects: [ExactText("mallory")]))
        client.post("{}", fields: fields)
        #expect(client.received().hasPrefix("HTTP/1.1 401"))
    }
}

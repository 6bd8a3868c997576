import BenchmarkKit
import JSONRPC
import NIOCore
import NIOEmbedded

@testable import Gateway

/// What a request through the gateway consists of, and a whole one.
enum DataPathBenchmarks {
    private static let peer = PeerAddress(text: "127.0.0.1", isLoopback: true)
    private static let body = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ecs_list_servers","arguments":{}}}"#

    static func all() throws -> [Benchmark] {
        let token = try TestToken.make()
        let request = """
            POST /ecs/mcp HTTP/1.1\r\nHost: localhost:8080\r\nUser-Agent: python-httpx/0.28\r\nAccept: application/json, text/event-stream\r\n\
            Accept-Encoding: gzip\r\nConnection: keep-alive\r\nAuthorization: Bearer \(token)\r\nMCP-Protocol-Version: 2025-11-25\r\n\
            Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n
            """
        return try heads(request) + decisions(request, token) + [exchange(request + body), event()]
    }

    /// Parsing the client's head and writing the upstream's.
    private static func heads(_ request: String) throws -> [Benchmark] {
        let bytes = Array(request.utf8)
        var parsed = FieldTable()
        let (head, fields, _) = try HeadBytes.request(request)
        let forwarded = ForwardedRequest(
            path: "/mcp",
            query: nil,
            host: "127.0.0.1:9101",
            assertion: String(repeating: "a", count: 400),
            requestID: "0123456789abcdef",
            sessionID: nil
        )
        var buffer = ByteBuffer()
        buffer.reserveCapacity(8_192)
        return [
            Benchmark("parse-request-head") {
                var scanner = HeadScanner()
                keep(scanner.scan(bytes.span))
                keep(try RequestHead(bytes.span, &parsed))
            },
            Benchmark("write-forwarded-head") {
                buffer.clear()
                forwarded.write(bytes.span, head, fields, to: &buffer)
            },
        ]
    }

    /// Deciding about a request: from the memo of the second, anew with a known token, and with a token that must be verified.
    private static func decisions(_ request: String, _ token: String) throws -> [Benchmark] {
        let configuration = try ProxyBench.configuration(Limits(), TestEngine(), 15)
        let facts = TestEngine.facts("/ecs/mcp", token: token)
        let (head, fields, bytes) = try HeadBytes.request(request)
        var memo = DecisionMemo()
        memo.setKey(bytes.span, head, fields, peer: peer)
        memo.keep(
            configuration.engine.decide(facts, now: TestToken.now),
            under: configuration,
            keyGeneration: configuration.engine.keyGeneration,
            now: TestToken.now
        )
        guard memo.decision(under: configuration, now: TestToken.now)?.admission != nil else { throw Unexpected() }
        let fresh = try (0..<128).map { try TestToken.make(["sub": .string("user-\($0)")]) }
        var next = 0
        return [
            Benchmark("decide-from-memo") {
                memo.setKey(bytes.span, head, fields, peer: peer)
                keep(memo.decision(under: configuration, now: TestToken.now))
            },
            Benchmark("decide-known-token") { keep(configuration.engine.decide(facts, now: TestToken.now)) },
            Benchmark("decide-new-token") {
                keep(configuration.engine.decide(TestEngine.facts("/ecs/mcp", token: fresh[next]), now: TestToken.now))
                next += 1
            },
        ]
    }

    /// A POST with its body to an upstream and an answer of 1 KB back, with authentication, through the handlers.
    private static func exchange(_ request: String) throws -> Benchmark {
        let bench = try ProxyBench(engine: TestEngine())
        let client = bench.connect()
        let inbound = ByteBuffer(string: request)
        let text = String(repeating: "x", count: 1_024)
        let answer = ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1024\r\n\r\n\(text)")
        return Benchmark("forward-1-kb") {
            client.channel.pipeline.fireChannelRead(inbound)
            client.channel.pipeline.fireChannelReadComplete()
            let upstream = bench.upstream
            guard try upstream.drainOutbound() > 0 else { throw Unexpected() }
            upstream.pipeline.fireChannelRead(answer)
            upstream.pipeline.fireChannelReadComplete()
            guard try client.channel.drainOutbound() > 1_024 else { throw Unexpected() }
        }
    }

    /// One event of an open stream.
    private static func event() throws -> Benchmark {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.request("GET /ecs/mcp")
        bench.answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        guard client.received().hasSuffix("\r\n\r\n") else { throw Unexpected() }
        let event = "event: message\ndata: \(String(repeating: "x", count: 200))\n\n"
        let chunk = ByteBuffer(string: "\(String(event.utf8.count, radix: 16))\r\n\(event)\r\n")
        return Benchmark("forward-event") {
            bench.upstream.pipeline.fireChannelRead(chunk)
            bench.upstream.pipeline.fireChannelReadComplete()
            guard try client.channel.drainOutbound() > event.utf8.count else { throw Unexpected() }
        }
    }

    /// The data path does not do what is measured.
    private struct Unexpected: Error {}
}

extension EmbeddedChannel {
    /// Takes everything that was written; returns how many bytes.
    fileprivate func drainOutbound() throws -> Int {
        var count = 0
        while let buffer = try readOutbound(as: ByteBuffer.self) { count += buffer.readableBytes }
        return count
    }
}

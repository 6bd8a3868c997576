import AuthCommon
import JSONRPC
import NIOCore
import NIOEmbedded
import Testing

@testable import Gateway

/// The limit of connections to an upstream through the handlers.
@Suite struct UpstreamConnectionLimitTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"

    private func bench(_ connections: Int) throws -> ProxyBench {
        let bench = try ProxyBench()
        bench.gate.apply(UpstreamLimits(connections: connections))
        return bench
    }

    private func expectBusy(_ received: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(received.hasPrefix("HTTP/1.1 503 "), sourceLocation: sourceLocation)
        #expect(received.contains("\r\nRetry-After: 1\r\n"), sourceLocation: sourceLocation)
        #expect(received.hasSuffix("{\"error\":\"upstream-busy\",\"status\":503}"), sourceLocation: sourceLocation)
    }

    @Test("requests and streams count, as long as they run") func counts() throws {
        let bench = try bench(2)
        let reader = bench.connect()
        let first = bench.connect()
        let second = bench.connect()
        reader.request("GET /ecs/mcp")
        bench.answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        first.post("{}")
        second.post("{}")
        expectBusy(second.received())
        #expect(bench.upstreams.count == 2)
        bench.answer(Self.ok)
        #expect(first.received().hasPrefix("HTTP/1.1 200 "))
        second.post("{}")
        bench.answer(Self.ok)
        #expect(second.received().hasPrefix("HTTP/1.1 200 "))
        #expect(bench.gate.figures.connections == 1)
        reader.disconnect()
        #expect(bench.gate.figures.connections == 0)
        #expect(bench.recorder.records(of: "rate-limited").map { $0["limit"]?.stringValue } == ["upstream_connections"])
    }

    @Test("the quota of streams of a caller who is refused is given back") func quota() throws {
        let bench = try bench(0)
        let client = bench.connect()
        client.request("GET /ecs/mcp")
        expectBusy(client.received())
        #expect(bench.proxy.services.streams.count(CallerKey(Identity(subject: "dev-local", roles: []))) == 0)
    }

    @Test("another mount has its own") func perService() throws {
        let bench = try bench(1)
        let client = bench.connect()
        client.post("{}")
        let other = bench.connect()
        other.post("{}", path: "/vault/mcp")
        bench.answer(Self.ok)
        #expect(other.received().hasPrefix("HTTP/1.1 200 "))
    }

    @Test("every way in which a request can end makes room for another") func everyEnd() throws {
        let bench = try bench(1)
        let ends: [(String, (ProxyBench, TestClient) -> Void)] = [
            ("complete", { bench, _ in bench.answer(Self.ok) }),
            ("client gone", { _, client in client.disconnect() }),
            ("upstream gone", { bench, _ in bench.upstream.close(promise: nil) }),
            (
                "torn",
                { bench, _ in
                    bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na")
                    bench.upstream.close(promise: nil)
                }
            ),
            ("broken chunks", { bench, _ in bench.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nX") }),
            (
                "until the end",
                { bench, _ in
                    bench.answer("HTTP/1.1 200 OK\r\n\r\nabc")
                    bench.upstream.close(promise: nil)
                }
            ),
            ("nonsense", { bench, _ in bench.answer("nonsense\r\n\r\n") }),
            ("identity refused", { bench, _ in bench.answer("HTTP/1.1 401 X\r\nContent-Length: 0\r\n\r\n") }),
            ("no answer in time", { bench, _ in bench.wait(seconds: 61) }),
            (
                "stream",
                { bench, _ in
                    bench.answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                }
            ),
            ("early answer", { bench, _ in bench.answer("HTTP/1.1 413 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") }),
        ]
        for (name, end) in ends {
            let client = bench.connect()
            client.post("{}")
            #expect(bench.gate.figures.connections == 1, "\(name)")
            end(bench, client)
            #expect(bench.gate.figures.connections == 0, "\(name)")
            bench.gate.replaceServer()
        }
        #expect(bench.gate.figures.limitRejections == 0)
    }

    @Test("a body that is refused makes room, too") func refusedBody() throws {
        var limits = Limits()
        limits.bodyBytes = 10
        let bench = try ProxyBench(limits: limits)
        let client = bench.connect()
        client.request("POST /ecs/mcp", "Transfer-Encoding: chunked\r\n", body: "5\r\nabcde\r\n")
        #expect(bench.gate.figures.connections == 1)
        client.send("6\r\nabcdef\r\n")
        #expect(client.received().hasPrefix("HTTP/1.1 413 "))
        #expect(bench.gate.figures.connections == 0)
    }

    @Test("a request that is repeated on another connection counts once") func repeated() throws {
        let bench = try bench(1)
        let client = bench.connect()
        client.post("1")
        bench.answer(Self.ok)
        _ = client.received()
        try bench.upstream.pipeline.syncOperations.addHandler(ClosingWrites(), position: .first)
        client.post("2")
        #expect(bench.upstreams.count == 2)
        #expect(bench.gate.figures.connections == 1)
        bench.answer(Self.ok)
        #expect(client.received().hasPrefix("HTTP/1.1 200 "))
        #expect(bench.gate.figures.connections == 0)
        #expect(bench.gate.figures.circuit == .closed)
    }
}

/// Closes the channel when something is flushed.
private final class ClosingWrites: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.ioOnClosedChannel)
    }

    func flush(context: ChannelHandlerContext) { context.close(promise: nil) }
}

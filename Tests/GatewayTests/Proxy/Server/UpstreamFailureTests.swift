import Foundation
import NIOCore
import NIOEmbedded
import Testing

@testable import Gateway

/// gateway.md §9.5 through the handlers.
@Suite struct UpstreamFailureTests {
    private func expect(
        _ received: String,
        _ status: Int,
        _ reason: String,
        _ bench: ProxyBench,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(received.hasPrefix("HTTP/1.1 \(status) "), sourceLocation: sourceLocation)
        #expect(received.hasSuffix("\r\n\r\n{\"error\":\"\(reason)\",\"status\":\(status)}"), sourceLocation: sourceLocation)
        #expect(received.contains("Content-Type: application/json\r\n"), sourceLocation: sourceLocation)
        #expect(received.contains("Cache-Control: no-store\r\n"), sourceLocation: sourceLocation)
        #expect(!received.contains("127.0.0.1"), sourceLocation: sourceLocation)
        #expect(bench.records == ["access \(status)"], sourceLocation: sourceLocation)
    }

    @Test func connectionRefused() throws {
        let bench = try ProxyBench()
        bench.connecting = .fails
        let client = bench.connect()
        client.post("{}")
        expect(client.received(), 502, "upstream-unreachable", bench)
        #expect(client.isOpen)
        #expect(bench.directory.upstream(of: "ecs")?.state == .unreachable)
        bench.connecting = .succeeds
        client.post("{}")
        #expect(bench.sent().hasSuffix("{}"))
        #expect(bench.directory.upstream(of: "ecs")?.state == .ready)
    }

    @Test("what the gateway itself lacks is not held against the upstream", arguments: [EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL])
    func ownExhaustion(code: CInt) throws {
        let bench = try ProxyBench()
        bench.gate.apply(UpstreamLimits(connections: nil, circuitFailures: 2, circuitCooldown: 5))
        bench.connecting = .failsOn(errno: code)
        for _ in 0..<5 {
            let client = bench.connect()
            client.post("{}")
            let received = client.received()
            #expect(received.hasPrefix("HTTP/1.1 503 "))
            #expect(received.contains("Retry-After: 1\r\n"))
            #expect(received.hasSuffix("{\"error\":\"gateway-exhausted\",\"status\":503}"))
        }
        #expect(bench.gate.figures.circuit == .closed)
        #expect(bench.directory.upstream(of: "ecs")?.state == .ready)
    }

    @Test("a refused connection is held against it", arguments: [ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH])
    func refusedByTheUpstream(code: CInt) throws {
        let bench = try ProxyBench()
        bench.gate.apply(UpstreamLimits(connections: nil, circuitFailures: 2, circuitCooldown: 5))
        bench.connecting = .failsOn(errno: code)
        for _ in 0..<2 { bench.connect().post("{}") }
        #expect(bench.gate.figures.circuit == .open)
        #expect(bench.directory.upstream(of: "ecs")?.state == .unreachable)
    }

    @Test("as many connections are kept as a busy loop uses at a time")
    func connectionsAreKept() throws {
        let bench = try ProxyBench()
        let clients = (0..<600).map { _ in bench.connect() }
        for _ in 0..<2 {
            for client in clients { client.post("{}") }
            for index in bench.upstreams.indices { bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", index) }
            for client in clients { #expect(client.received().hasPrefix("HTTP/1.1 200 ")) }
        }
        #expect(bench.upstreams.count == 600)
        #expect(bench.proxy.idleUpstreams == 600)
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nConte"])
    func resetBeforeAResponse(_ part: String) throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        if !part.isEmpty { bench.answer(part) }
        bench.upstream.close(promise: nil)
        expect(client.received(), 502, "upstream-unreachable", bench)
    }

    @Test(
        "malformed response, 3xx",
        arguments: [
            "SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\n\r\n",
            "HTTP/1.1 304 Not Modified\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n", "HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n",
        ]
    )
    func invalidResponses(_ text: String) throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        bench.answer(text)
        expect(client.received(), 502, "upstream-invalid-response", bench)
        #expect(!bench.upstream.isActive)
        #expect(client.isOpen)
    }

    @Test(arguments: [true, false])
    func headOver64KiB(_ isComplete: Bool) throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        bench.answer("HTTP/1.1 200 OK\r\nX: \(String(repeating: "a", count: 66_000))" + (isComplete ? "\r\n\r\n" : ""))
        expect(client.received(), 502, "upstream-invalid-response", bench)
    }

    @Test func aHeadOf60KiBPasses() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        let line = "X: \(String(repeating: "a", count: 60_000))\r\n"
        bench.answer("HTTP/1.1 200 OK\r\n\(line)Content-Length: 0\r\n\r\n")
        #expect(client.received().contains(line))
    }

    @Test func theServerRefusesTheAssertion() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        bench.answer("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\nContent-Length: 3\r\n\r\nxyz")
        let received = client.received()
        #expect(!received.contains("WWW-Authenticate"))
        expect(received, 502, "upstream-rejected-identity", bench)
    }

    @Test(arguments: [400, 403, 404, 405, 406, 409, 413, 415, 429, 500, 501, 503])
    func otherErrorsPassThrough(_ status: Int) throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        bench.answer("HTTP/1.1 \(status) Whatever It Says\r\nRetry-After: 7\r\nContent-Length: 3\r\n\r\nxyz")
        let received = client.received()
        #expect(received.hasPrefix("HTTP/1.1 \(status) Whatever It Says\r\nRetry-After: 7\r\n"))
        #expect(received.hasSuffix("xyz"))
        #expect(bench.records == ["access \(status)"])
    }

    @Test func noResponseInTime() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        bench.wait(seconds: 59)
        #expect(client.received() == "")
        bench.wait(seconds: 2)
        expect(client.received(), 504, "upstream-timeout", bench)
        #expect(!bench.upstream.isActive)
    }

    @Test(arguments: [ServiceState.starting, .restarting, .failed])
    func aServiceThatIsNotReady(_ state: ServiceState) throws {
        let bench = try ProxyBench()
        bench.directory.remove("ecs")
        bench.directory.addManaged("ecs")
        bench.directory.update("ecs", state: state, address: .tcp(host: "127.0.0.1", port: 9))
        let client = bench.connect()
        client.post("{}")
        let received = client.received()
        #expect(received.contains("Retry-After: 1\r\n"))
        expect(received, 503, "upstream-unavailable", bench)
    }

    @Test func aResponseThatBreaksIsTorn() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
        bench.upstream.close(promise: nil)
        #expect(client.received().hasSuffix("abc"))
        #expect(!client.isOpen)
        #expect(bench.records == ["access 200 aborted"])
    }

    @Test func brokenChunksOfAResponseAreTorn() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        bench.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcX")
        #expect(!client.received().contains("0\r\n\r\n"))
        #expect(!client.isOpen)
        #expect(!bench.upstream.isActive)
    }

    @Test func bytesBehindAResponseAreNoResponse() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb")
        #expect(client.received().hasSuffix("\r\n\r\na"))
        #expect(!bench.upstream.isActive)
        #expect(bench.proxy.idleUpstreams == 0)
    }

    @Test func bytesOnAFreeConnectionAreNoResponse() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na")
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
        #expect(bench.proxy.idleUpstreams == 0)
        client.post("{}")
        #expect(bench.upstreams.count == 2)
        #expect(!client.received().contains("evil"))
    }

    @Test func aFreeConnectionThatEndedIsNotUsed() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("1")
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na")
        bench.upstream.close(promise: nil)
        client.post("2")
        #expect(bench.upstreams.count == 2)
        #expect(bench.sent().hasSuffix("2"))
    }

    @Test func aFreeConnectionIsNotKeptForever() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("1")
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na")
        bench.wait(seconds: UpstreamConnection.idleTimeout + 1)
        #expect(!bench.upstream.isActive)
        #expect(bench.proxy.idleUpstreams == 0)
    }

    @Test("repeated once, if no byte of it was sent on a reused connection") func repeatsOnce() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("1")
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na")
        _ = client.received()
        _ = bench.sent()
        // The next write fails at once, as it does when the peer has reset the connection.
        try bench.upstream.pipeline.syncOperations.addHandler(FailingWrites(), position: .first)
        client.post("again", fields: "X-Request-Id: r\r\n")
        #expect(bench.upstreams.count == 2)
        #expect(bench.sent(0) == "")
        #expect(bench.sent(1).hasSuffix("again"))
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb")
        #expect(client.received().hasSuffix("b"))
        #expect(bench.records == ["access 200", "access 200"])
    }

    @Test func isNotRepeatedOnceItWasSent() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("1")
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na")
        _ = client.received()
        client.post("2")
        bench.upstream.close(promise: nil)
        #expect(bench.upstreams.count == 1)
        #expect(client.received().hasPrefix("HTTP/1.1 502 "))
    }

    @Test func anEarlyResponseEndsTheRequest() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.request("POST /ecs/mcp", "Content-Length: 100000\r\n", body: "abc")
        bench.answer("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig")
        let received = client.received()
        #expect(received.hasPrefix("HTTP/1.1 413 "))
        #expect(received.contains("Connection: close\r\n"))
        #expect(!client.isOpen)
        #expect(!bench.upstream.isActive)
    }

    @Test func aSlowUpstreamStopsTheReadingOfTheBody() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.request("POST /ecs/mcp", "Content-Length: 300000\r\n", body: String(repeating: "a", count: 1_000))
        _ = bench.sent()
        bench.upstream.setWritable(false)
        client.send(String(repeating: "b", count: 1_000))
        #expect(bench.sent() == "")
        #expect(client.connection.isReadingPaused)
        bench.upstream.setWritable(true)
        #expect(bench.sent() == String(repeating: "b", count: 1_000))
        #expect(!client.connection.isReadingPaused)
    }

    @Test func aSlowClientStopsTheReadingOfTheResponse() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabc")
        client.channel.setWritable(false)
        bench.answer("def")
        let upstream = try bench.upstream.pipeline.syncOperations.handler(type: UpstreamConnection.self)
        #expect(upstream.isReadingPaused)
        client.channel.setWritable(true)
        #expect(!upstream.isReadingPaused)
    }

    @Test func aClientThatNeverReadsIsGivenUp() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        client.channel.setWritable(false)
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabc")
        bench.wait(seconds: ClientConnection.stallTimeout - 1)
        #expect(client.isOpen)
        bench.wait(seconds: 2)
        #expect(!client.isOpen)
        #expect(!bench.upstream.isActive)
        #expect(bench.records == ["access 200 aborted"])
    }

    @Test func pipelinedBytesAreBounded() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        client.send(String(repeating: "x", count: ClientConnection.pipelineLimit))
        #expect(client.connection.isReadingPaused)
    }
}

/// Closes the channel when something is flushed, as a socket does whose peer has reset the connection.
private final class FailingWrites: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.ioOnClosedChannel)
    }

    func flush(context: ChannelHandlerContext) { context.close(promise: nil) }
}

import NIOCore
import NIOEmbedded
import Testing

@testable import Gateway

/// `idle_timeout` and `total_timeout` through the handlers; that of the head is with the other failures.
@Suite struct UpstreamTimeoutTests {
    private static let beginning = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"
    private static let stream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"

    private func bench(idle: Int? = 10, total: Int? = nil) throws -> ProxyBench {
        var limits = Limits()
        limits.idleTimeout = idle
        limits.totalTimeout = total
        return try ProxyBench(limits: limits)
    }

    @Test("a response that stops in the middle is torn") func idle() throws {
        let bench = try bench()
        let client = bench.connect()
        client.post("{}")
        bench.answer(Self.beginning)
        bench.wait(seconds: 9)
        bench.answer("d")
        bench.wait(seconds: 9)
        #expect(client.isOpen)
        bench.wait(seconds: 2)
        #expect(client.received().hasSuffix("abcd"))
        #expect(!client.isOpen)
        #expect(!bench.upstream.isActive)
        #expect(bench.records == ["access 200 aborted"])
        #expect(bench.recorder.records(of: "upstream-error").count == 1)
        #expect(bench.gate.figures.connections == 0)
    }

    @Test("it is not the upstream that stops when the client does not read") func slowReader() throws {
        let bench = try bench()
        let client = bench.connect()
        client.post("{}")
        client.channel.setWritable(false)
        bench.answer(Self.beginning)
        bench.wait(seconds: 100)
        #expect(client.isOpen)
        client.channel.setWritable(true)
        bench.answer("defghi")
        #expect(client.received().hasSuffix("abcdefghi"))
        #expect(client.isOpen)
    }

    @Test("no limit") func noLimit() throws {
        let bench = try bench(idle: nil)
        let client = bench.connect()
        client.post("{}")
        bench.answer(Self.beginning)
        bench.wait(seconds: 10_000)
        #expect(client.isOpen)
    }

    @Test("the next request on the connection has its own time") func nextRequest() throws {
        let bench = try bench(total: 20)
        let client = bench.connect()
        for _ in 0..<3 {
            client.post("{}")
            bench.wait(seconds: 15)
            bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na")
            #expect(client.received().hasPrefix("HTTP/1.1 200 "))
            bench.wait(seconds: 15)
        }
        #expect(client.isOpen)
    }

    @Test("a request that takes too long altogether is answered, if it has no answer yet") func totalBefore() throws {
        let bench = try bench(total: 20)
        let client = bench.connect()
        client.post("{}")
        bench.wait(seconds: 21)
        #expect(client.received().hasPrefix("HTTP/1.1 504 "))
        #expect(!bench.upstream.isActive)
        #expect(client.isOpen)
    }

    @Test("and torn, if it has") func totalAfter() throws {
        let bench = try bench(total: 20)
        let client = bench.connect()
        client.post("{}")
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
        for _ in 0..<3 {
            bench.wait(seconds: 6)
            bench.answer("d")
        }
        #expect(client.isOpen)
        bench.wait(seconds: 3)
        #expect(!client.isOpen)
        #expect(!bench.upstream.isActive)
    }

    @Test("it is not the upstream's fault when the client sends slowly") func slowSender() throws {
        let bench = try bench(total: 20)
        bench.gate.apply(UpstreamLimits(circuitFailures: 1))
        let client = bench.connect()
        client.request("POST /ecs/mcp", "Content-Length: 100\r\n", body: "a")
        for _ in 0..<3 {
            bench.wait(seconds: 6)
            client.send("a")
        }
        bench.wait(seconds: 3)
        #expect(client.received().hasPrefix("HTTP/1.1 408 "))
        #expect(bench.gate.figures.circuit == .closed)
    }

    @Test("neither ends a stream, however long and silent", arguments: ["GET", "POST"]) func streams(_ method: String) throws {
        let bench = try bench(idle: 10, total: 20)
        let client = bench.connect()
        if method == "GET" { client.request("GET /ecs/mcp") } else { client.post("{}") }
        bench.answer(Self.stream)
        bench.wait(seconds: 1_000)
        bench.answer("9\r\ndata: a\n\n\r\n")
        #expect(client.received().hasSuffix("9\r\ndata: a\n\n\r\n"))
        #expect(client.isOpen)
        #expect(bench.upstream.isActive)
    }
}

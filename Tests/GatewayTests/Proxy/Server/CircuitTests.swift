import NIOCore
import NIOEmbedded
import Testing

@testable import Gateway

/// The circuit breaker through the handlers: what opens it, what does not, and that an open one touches no upstream.
@Suite struct CircuitTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"

    private func bench(connections: Int? = nil) throws -> ProxyBench {
        var limits = Limits()
        limits.responseTimeout = 10
        let bench = try ProxyBench(limits: limits)
        bench.gate.apply(UpstreamLimits(connections: connections, circuitFailures: 3, circuitCooldown: 5))
        return bench
    }

    private func expectRefused(_ received: String, after delay: Int, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(received.hasPrefix("HTTP/1.1 503 "), sourceLocation: sourceLocation)
        #expect(received.contains("\r\nRetry-After: \(delay)\r\n"), sourceLocation: sourceLocation)
        #expect(received.hasSuffix("{\"error\":\"upstream-unavailable\",\"status\":503}"), sourceLocation: sourceLocation)
    }

    private func open(_ bench: ProxyBench) {
        bench.connecting = .fails
        let client = bench.connect()
        for _ in 0..<3 { client.post("{}") }
        #expect(bench.gate.figures.circuit == .open)
        bench.connecting = .succeeds
    }

    @Test func failedConnectionsOpenIt() throws {
        let bench = try bench()
        bench.connecting = .fails
        let client = bench.connect()
        for _ in 0..<3 {
            client.post("{}")
            #expect(client.received().hasPrefix("HTTP/1.1 502 "))
        }
        bench.connecting = .succeeds
        client.post("{}")
        expectRefused(client.received(), after: 5)
        #expect(bench.upstreams.isEmpty)
        #expect(client.isOpen)
        #expect(bench.records.suffix(1) == ["access 503"])
    }

    @Test func silenceOpensIt() throws {
        let bench = try bench()
        let clients = (0..<4).map { _ in bench.connect() }
        for client in clients { client.post("{}") }
        bench.wait(seconds: 11)
        for client in clients { #expect(client.received().hasPrefix("HTTP/1.1 504 ")) }
        clients[0].post("{}")
        expectRefused(clients[0].received(), after: 5)
        #expect(bench.upstreams.count == 4)
    }

    @Test(arguments: ["", "HTTP/1.1 200 O"])
    func resetsBeforeAnAnswerOpenIt(_ part: String) throws {
        let bench = try bench()
        let client = bench.connect()
        for _ in 0..<3 {
            client.post("{}")
            if !part.isEmpty { bench.answer(part) }
            bench.upstream.close(promise: nil)
            #expect(client.received().hasPrefix("HTTP/1.1 502 "))
        }
        client.post("{}")
        expectRefused(client.received(), after: 5)
    }

    @Test("an upstream that takes no more of the body hangs, too") func aBodyThatIsNotTakenOpensIt() throws {
        let bench = try bench()
        for _ in 0..<3 {
            let client = bench.connect()
            client.request("POST /ecs/mcp", "Content-Length: 300000\r\n", body: "abc")
            bench.upstream.setWritable(false)
            client.send("def")
            bench.wait(seconds: 11)
            #expect(client.received().hasPrefix("HTTP/1.1 504 "))
        }
        #expect(bench.gate.figures.circuit == .open)
    }

    @Test("answers do not, whatever they are", arguments: [400, 401, 404, 429, 500, 502, 503, 504, 302, 304])
    func answersDoNot(_ status: Int) throws {
        let bench = try bench()
        let client = bench.connect()
        for _ in 0..<10 {
            client.post("{}")
            bench.answer("HTTP/1.1 \(status) X\r\nContent-Length: 0\r\n\r\n")
        }
        #expect(bench.gate.figures.circuit == .closed)
        #expect(bench.gate.figures.connections == 0)
    }

    @Test func nonsenseDoesNot() throws {
        let bench = try bench()
        let client = bench.connect()
        for _ in 0..<10 {
            client.post("{}")
            bench.answer("SSH-2.0-OpenSSH\r\n\r\n")
            #expect(client.received().hasPrefix("HTTP/1.1 502 "))
        }
        #expect(bench.gate.figures.circuit == .closed)
    }

    @Test("clients that leave do not, at no moment", arguments: [ProxyBench.Connecting.succeeds, .hangs])
    func clientsDoNot(_ connecting: ProxyBench.Connecting) throws {
        let bench = try bench()
        bench.connecting = connecting
        for _ in 0..<10 {
            let client = bench.connect()
            client.post("{}")
            client.disconnect()
        }
        #expect(bench.gate.figures.circuit == .closed)
        #expect(bench.gate.figures.connections == 0)
    }

    @Test func slowClientsDoNot() throws {
        let bench = try bench()
        for _ in 0..<10 {
            let client = bench.connect()
            client.request("POST /ecs/mcp", "Content-Length: 100\r\n", body: "abc")
            bench.wait(seconds: 31)
            #expect(client.received().hasPrefix("HTTP/1.1 408 "))
        }
        #expect(bench.gate.figures.circuit == .closed)
        #expect(bench.gate.figures.connections == 0)
    }

    @Test func responsesThatBreakDoNot() throws {
        let bench = try bench()
        for _ in 0..<10 {
            let client = bench.connect()
            client.post("{}")
            bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            bench.upstream.close(promise: nil)
        }
        #expect(bench.gate.figures.circuit == .closed)
        #expect(bench.gate.figures.connections == 0)
    }

    @Test("an answer in between begins the count anew") func answersInBetween() throws {
        let bench = try bench()
        let client = bench.connect()
        for _ in 0..<5 {
            for _ in 0..<2 {
                client.post("{}")
                bench.upstream.close(promise: nil)
            }
            client.post("{}")
            bench.answer(Self.ok)
        }
        #expect(bench.gate.figures.circuit == .closed)
    }

    @Test("one request probes after the cool-down, the others are refused at once, and its answer closes the circuit")
    func recovers() throws {
        let bench = try bench()
        open(bench)
        bench.wait(seconds: 2)
        let clients = (0..<3).map { _ in bench.connect() }
        clients[0].post("{}")
        expectRefused(clients[0].received(), after: 3)
        bench.wait(seconds: 3)
        for client in clients { client.post("{}") }
        #expect(bench.upstreams.count == 1)
        #expect(clients[0].received() == "")
        expectRefused(clients[1].received(), after: 1)
        expectRefused(clients[2].received(), after: 1)
        bench.answer(Self.ok)
        #expect(clients[0].received().hasPrefix("HTTP/1.1 200 "))
        for client in clients.dropFirst() {
            client.post("{}")
            bench.answer(Self.ok)
            #expect(client.received().hasPrefix("HTTP/1.1 200 "))
        }
        #expect(bench.gate.figures.circuit == .closed)
    }

    @Test func aProbeThatFailsOpensItAgain() throws {
        let bench = try bench()
        open(bench)
        bench.wait(seconds: 5)
        let client = bench.connect()
        client.post("{}")
        bench.wait(seconds: 11)
        #expect(client.received().hasPrefix("HTTP/1.1 504 "))
        client.post("{}")
        expectRefused(client.received(), after: 5)
        #expect(bench.gate.figures.openings == 2)
    }

    @Test func aProbeWhoseClientLeavesLeavesItsPlace() throws {
        let bench = try bench()
        open(bench)
        bench.wait(seconds: 5)
        let first = bench.connect()
        first.post("{}")
        first.disconnect()
        let second = bench.connect()
        second.post("{}")
        bench.answer(Self.ok)
        #expect(second.received().hasPrefix("HTTP/1.1 200 "))
        #expect(bench.gate.figures.circuit == .closed)
    }

    @Test("streams that are open stay open, and go on") func streamsStay() throws {
        let bench = try bench()
        let reader = bench.connect()
        reader.request("GET /ecs/mcp", "Accept: text/event-stream\r\n")
        bench.answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        _ = reader.received()
        open(bench)
        bench.answer("9\r\ndata: a\n\n\r\n", 0)
        #expect(reader.received() == "9\r\ndata: a\n\n\r\n")
        #expect(bench.gate.figures.connections == 1)
        bench.wait(seconds: 20)
        #expect(reader.received().contains(": keepalive"))
        #expect(reader.isOpen)
        reader.disconnect()
        #expect(bench.gate.figures.connections == 0)
    }

    @Test("another mount and the gateway's own paths do not notice") func othersDoNotNotice() throws {
        let bench = try bench()
        open(bench)
        let client = bench.connect()
        client.request("GET /healthz")
        #expect(client.received().hasPrefix("HTTP/1.1 200 "))
        client.post("{}", path: "/vault/mcp")
        bench.answer(Self.ok)
        #expect(client.received().hasPrefix("HTTP/1.1 200 "))
    }

    @Test("a caller without the role is told so, not whether the upstream is there") func comesLast() throws {
        let bench = try ProxyBench(engine: TestEngine())
        bench.gate.apply(UpstreamLimits(connections: 0, circuitFailures: 3, circuitCooldown: 5))
        let client = bench.connect()
        client.post("{}")
        #expect(client.received().hasPrefix("HTTP/1.1 401 "))
        #expect(bench.gate.figures.limitRejections == 0)
    }

    @Test("a managed server that was started again begins with a closed circuit") func restarted() throws {
        let bench = try bench()
        bench.directory.remove("ecs")
        bench.directory.addManaged("ecs", UpstreamLimits(connections: nil, circuitFailures: 3, circuitCooldown: 5))
        bench.directory.update("ecs", state: .ready, address: .tcp(host: "127.0.0.1", port: 9))
        open(bench)
        bench.directory.update("ecs", state: .restarting)
        let client = bench.connect()
        client.post("{}")
        expectRefused(client.received(), after: 1)
        bench.directory.update("ecs", state: .ready, address: .tcp(host: "127.0.0.1", port: 10))
        #expect(bench.gate.figures.circuit == .closed)
        client.post("{}")
        bench.answer(Self.ok)
        #expect(client.received().hasPrefix("HTTP/1.1 200 "))
    }
}

import Foundation
import NIOCore
import NIOEmbedded
import Testing

@testable import Gateway

/// gateway.md §10.3 and §11 on raw bytes: the answer, the end of the connection, and nothing of the rest read as a request.
@Suite struct MalformedRequestTests {
    @Test(
        arguments: [
            "POST /ecs/mcp HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
            "POST /ecs/mcp HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            "POST /ecs/mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
            "POST /ecs/mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5x\r\n\r\n",
            "POST /ecs/mcp HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n",
            "POST /ecs/mcp HTTP/1.1\r\nHost: localhost\r\nX : a\r\n\r\n",
            "POST /ecs/mcp HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n",
            "POST /ecs/mcp HTTP/1.1\nHost: localhost\n\n",
            "POST /ecs/mcp HTTP/1.1\r\nHost: localhost\r\nX: a\0\r\n\r\n",
            "POST /ecs/mcp HTTP/1.1\r\n\r\n",
            "POST /ecs/mcp HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
            "GET http://localhost/ecs/mcp HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "\u{16}\u{3}\u{1}\n",
        ]
    )
    func areRefusedAndTheConnectionClosed(_ text: String) throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.send(text + "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        let received = client.received()
        #expect(received.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        #expect(received.contains("Content-Type: application/json\r\n"))
        #expect(received.contains("Cache-Control: no-store\r\n"))
        #expect(received.contains("Connection: close\r\n"))
        #expect(received.contains("{\"error\":\"malformed-http:"))
        #expect(received.components(separatedBy: "HTTP/1.1 ").count == 2)
        #expect(!client.isOpen)
        #expect(bench.upstreams.isEmpty)
        #expect(bench.records == ["access 400"])
    }

    @Test(
        "bad chunk framing",
        arguments: [
            "x\r\n", "5\nhello", "5\r\nhelloX", "-1\r\n", "5;\n\r\n", "0\r\nX Y: z\r\n\r\n", "5\r\nhello\r\n0\r\n\n",
            "10000000000000000\r\n",
        ]
    )
    func badChunks(_ body: String) throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.request("POST /ecs/mcp", "Transfer-Encoding: chunked\r\n", body: body + "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        let received = client.received()
        #expect(received.hasPrefix("HTTP/1.1 400 "))
        #expect(received.components(separatedBy: "HTTP/1.1 ").count == 2)
        #expect(!client.isOpen)
        #expect(bench.upstreams.allSatisfy { !$0.isActive })
        #expect(bench.records == ["access 400"])
    }

    @Test func aTargetOver8KiBIs414() throws {
        for text in [
            "GET /\(String(repeating: "a", count: 8_192)) HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /\(String(repeating: "a", count: 9_000))",
        ] {
            let bench = try ProxyBench()
            let client = bench.connect()
            client.send(text)
            #expect(client.received().hasPrefix("HTTP/1.1 414 "))
            #expect(!client.isOpen)
            #expect(bench.records == ["access 414"])
        }
    }

    @Test func headersOverTheLimitAre431() throws {
        for end in ["\r\n\r\n", ""] {
            var limits = Limits()
            limits.headerBytes = 1_000
            let bench = try ProxyBench(limits: limits)
            let client = bench.connect()
            client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: \(String(repeating: "a", count: 1_000))\(end)")
            #expect(client.received().hasPrefix("HTTP/1.1 431 "))
            #expect(!client.isOpen)
        }
    }

    @Test func manySmallHeadersAre431() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.request("GET /healthz", String(repeating: "a:b\r\n", count: 600))
        #expect(client.received().hasPrefix("HTTP/1.1 431 "))
    }

    @Test func anIncompleteHeadIs408() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.send("GET /healthz HTTP/1.1\r\nHost: loc")
        bench.wait(seconds: 9)
        #expect(client.received() == "")
        client.send("a")
        bench.wait(seconds: 2)
        #expect(client.received().hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
        #expect(!client.isOpen)
        #expect(bench.records == ["access 408"])
    }

    @Test func aConnectionWithoutARequestIsClosedWithoutARecord() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        bench.wait(seconds: 11)
        #expect(client.received().hasPrefix("HTTP/1.1 408 "))
        #expect(!client.isOpen)
        #expect(bench.records == [])
    }

    @Test func anIncompleteSecondHeadIs408() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.request("GET /healthz")
        _ = client.received()
        bench.wait(seconds: 60)
        client.send("G")
        bench.wait(seconds: 11)
        #expect(client.received().hasPrefix("HTTP/1.1 408 "))
    }

    @Test func anIdleConnectionIsClosedInTheEnd() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.request("GET /healthz")
        _ = client.received()
        bench.wait(seconds: ClientConnection.idleTimeout - 1)
        #expect(client.isOpen)
        bench.wait(seconds: 2)
        #expect(!client.isOpen)
        #expect(client.received() == "")
    }

    @Test("gateway.md §11: body_timeout") func aBodyThatStopsIs408() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.request("POST /ecs/mcp", "Content-Length: 10\r\n", body: "abc")
        bench.wait(seconds: 29)
        client.send("d")
        bench.wait(seconds: 29)
        #expect(client.received() == "")
        bench.wait(seconds: 2)
        #expect(client.received().hasPrefix("HTTP/1.1 408 "))
        #expect(!client.isOpen)
        #expect(!bench.upstream.isActive)
        #expect(bench.records == ["access 408"])
    }

    @Test("gateway.md §11: body_bytes, from the head alone") func aDeclaredBodyOverTheLimitIs413() throws {
        for length in ["4194305", "99999999999999999999"] {
            let bench = try ProxyBench()
            let client = bench.connect()
            client.request("POST /ecs/mcp", "Content-Length: \(length)\r\n")
            let received = client.received()
            #expect(received.hasPrefix("HTTP/1.1 413 Content Too Large\r\n"))
            #expect(received.contains("body-too-large"))
            #expect(!client.isOpen)
            #expect(bench.upstreams.isEmpty)
        }
    }

    @Test("gateway.md §11: body_bytes, while reading") func aChunkedBodyOverTheLimitIs413() throws {
        var limits = Limits()
        limits.bodyBytes = 10
        let bench = try ProxyBench(limits: limits)
        let client = bench.connect()
        client.request("POST /ecs/mcp", "Transfer-Encoding: chunked\r\n", body: "5\r\nhello\r\n")
        #expect(client.received() == "")
        client.send("5\r\nworld\r\n1\r\n!\r\n0\r\n\r\n")
        #expect(client.received().hasPrefix("HTTP/1.1 413 "))
        #expect(!client.isOpen)
        #expect(!bench.upstream.isActive)
        #expect(bench.records == ["access 413"])
    }
}

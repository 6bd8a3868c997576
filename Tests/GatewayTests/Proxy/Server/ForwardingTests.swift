import Foundation
import NIOCore
import NIOEmbedded
import Testing

@testable import Gateway

/// Requests through the handlers, with embedded channels at both ends.
@Suite struct ForwardingTests {
    private func okay(_ body: String, fields: String = "") -> String {
        "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
    }

    @Test func forwardsARequestAndItsResponse() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        let trace = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n"
        client.post("{}", fields: "Content-Type: application/json\r\nX-Request-Id: abc\r\nAuthorization: Bearer x\r\n\(trace)")
        let sent = bench.sent()
        #expect(sent.hasPrefix("POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:9\r\nMCP-Gateway-Identity: ey"))
        #expect(sent.hasSuffix("\r\nX-Request-Id: abc\r\nContent-Type: application/json\r\n\(trace)Content-Length: 2\r\n\r\n{}"))
        bench.answer(okay("hello", fields: "Server: x\r\nContent-Type: text/plain\r\n"))
        #expect(
            client.received()
                == "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Request-Id: abc\r\nContent-Length: 5\r\n\r\nhello"
        )
        #expect(bench.records == ["access 200"])
        #expect(client.isOpen)
    }

    @Test func theConnectionsAreUsedAgain() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        for number in 0..<5 {
            client.post("{}")
            #expect(bench.sent().hasSuffix("{}"))
            bench.answer(okay("\(number)"))
            #expect(client.received().hasSuffix("\r\n\r\n\(number)"))
        }
        #expect(bench.upstreams.count == 1)
        #expect(bench.proxy.idleUpstreams == 1)
        #expect(bench.records == Array(repeating: "access 200", count: 5))
    }

    @Test func everySplitOfTheRequestGivesTheSame() throws {
        let text =
            "POST /ecs/mcp HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: r\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        for split in 1..<text.utf8.count {
            let bench = try ProxyBench()
            let client = bench.connect()
            let bytes = Array(text.utf8)
            client.send(String(decoding: bytes[..<split], as: UTF8.self))
            client.send(String(decoding: bytes[split...], as: UTF8.self))
            let sent = bench.sent()
            let body = sent.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)[1]
            #expect(Self.unchunk(String(body)) == "abcde")
            bench.answer(okay("ok"))
            #expect(client.received().hasSuffix("\r\n\r\nok"))
        }
    }

    @Test func everySplitOfTheResponseGivesTheSame() throws {
        let text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\nT: x\r\n\r\n"
        for split in 1..<text.utf8.count {
            let bench = try ProxyBench()
            let client = bench.connect()
            client.post("{}")
            let bytes = Array(text.utf8)
            bench.answer(String(decoding: bytes[..<split], as: UTF8.self))
            bench.answer(String(decoding: bytes[split...], as: UTF8.self))
            let received = client.received().split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
            #expect(received[0].contains("Transfer-Encoding: chunked"))
            #expect(Self.unchunk(String(received[1])) == "abcde")
            #expect(bench.proxy.idleUpstreams == 1)
        }
    }

    /// The body of complete chunks; nil when they are not.
    private static func unchunk(_ text: String) -> String? {
        var decoder = ChunkedDecoder()
        var buffer = ByteBuffer(string: text)
        var body = ""
        while let step = try? decoder.next(&buffer) {
            switch step {
            case .data(let slice): body += String(buffer: slice)
            case .end: return buffer.readableBytes == 0 ? body : nil
            case .needsMore: return nil
            }
        }
        return nil
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        let one = "POST /ecs/mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n"
        client.send(one + "1" + "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" + one + "2")
        #expect(bench.sent().hasSuffix("\r\n\r\n1"))
        #expect(client.received() == "")
        bench.answer(okay("first"))
        let received = client.received()
        #expect(received.contains("first"))
        #expect(received.contains("{\"status\":\"ok\""))
        #expect(bench.upstreams.count == 1)
        #expect(bench.sent().hasSuffix("\r\n\r\n2"))
        bench.answer(okay("second"))
        #expect(client.received().hasSuffix("second"))
        #expect(bench.records == ["access 200", "access 200", "access 200"])
    }

    @Test func anEmptyLineAfterABodyIsSkippedOnce() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("1")
        bench.answer(okay("a"))
        client.send("\r\n")
        client.post("2")
        #expect(bench.sent().hasSuffix("2"))
    }

    @Test func bodiesOfResponsesWithoutALengthAreChunked() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        bench.answer("HTTP/1.1 200 OK\r\n\r\nabc")
        bench.upstream.close(promise: nil)
        #expect(client.received().hasSuffix("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"))
        #expect(bench.records == ["access 200"])
        #expect(client.isOpen)
    }

    @Test func interimResponsesDoNotPass() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        bench.answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + okay("x"))
        #expect(client.received().hasPrefix("HTTP/1.1 200 OK\r\n"))
    }

    @Test func aClientOfHTTP10GetsNoChunks() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.send("GET /ecs/mcp HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n")
        bench.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
        let received = client.received()
        #expect(received.hasSuffix("Connection: close\r\n\r\nabc"))
        #expect(!received.contains("chunked"))
        #expect(!client.isOpen)
    }

    @Test func connectionCloseIsHonoured() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}", fields: "Connection: close\r\n")
        bench.answer(okay("x"))
        #expect(client.received().contains("Connection: close\r\n"))
        #expect(!client.isOpen)
    }

    @Test("gateway.md §9.1: Expect is answered here, once the request is admitted")
    func expectContinue() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.request("POST /ecs/mcp", "Content-Length: 2\r\nExpect: 100-continue\r\n")
        #expect(client.received() == "HTTP/1.1 100 Continue\r\n\r\n")
        #expect(!bench.sent().contains("Expect"))
        client.send("{}")
        #expect(bench.sent() == "{}")
        bench.answer(okay("x"))
        #expect(client.received().hasSuffix("x"))

        client.request("POST /nowhere/mcp", "Content-Length: 2\r\nExpect: 100-continue\r\n")
        let refused = client.received()
        #expect(refused.hasPrefix("HTTP/1.1 404 "))
        #expect(refused.contains("Connection: close\r\n"))
        #expect(!client.isOpen)
    }

    @Test(
        "the request id is the client's only if it is one visible word",
        arguments: [
            ("X-Request-Id: ok-1\r\n", true), ("X-Request-Id: \r\n", false), ("X-Request-Id: a b\r\n", false),
            ("X-Request-Id: caf\u{E9}\r\n", false), ("X-Request-Id: a\r\nX-Request-Id: b\r\n", false), ("x_request_id: a\r\n", false),
            ("X-Request-Id: \(String(repeating: "a", count: 64))\r\n", true),
            ("X-Request-Id: \(String(repeating: "a", count: 65))\r\n", false),
        ] as [(String, Bool)]
    )
    func requestIDs(_ field: String, _ isKept: Bool) throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.request("GET /healthz", field)
        let sent = field.split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false)[1].split(separator: "\r\n").first ?? ""
        #expect(client.received().contains("X-Request-Id: \(sent)\r\n") == (isKept && !sent.isEmpty))
    }

    @Test func ownPathsAnswer() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.request("GET /healthz")
        let whole = client.received()
        #expect(whole.hasPrefix("HTTP/1.1 200 OK\r\nDate: "))
        client.request("HEAD /healthz")
        let head = client.received()
        #expect(head.hasSuffix("\r\n\r\n"))
        #expect(head.contains("Content-Length: "))
        client.request("DELETE /healthz")
        let refused = client.received()
        #expect(refused.hasPrefix("HTTP/1.1 405 Method Not Allowed\r\n"))
        #expect(refused.contains("Allow: GET, HEAD\r\n"))
        #expect(bench.records == ["access 200", "access 200", "access 405"])
    }

    @Test func anAnsweredRequestsBodyIsNeverReadAsARequest() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        let smuggled = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
        client.post(smuggled, path: "/nowhere")
        #expect(client.received().components(separatedBy: "HTTP/1.1 ").count == 2)
        #expect(bench.records == ["access 404"])
        client.request("GET /healthz")
        #expect(client.received().hasPrefix("HTTP/1.1 200 OK"))
    }

    @Test func aLongBodyOfARefusedRequestEndsTheConnection() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.request("POST /nowhere", "Content-Length: 1000000\r\n")
        #expect(client.received().contains("Connection: close\r\n"))
        #expect(!client.isOpen)
    }
}

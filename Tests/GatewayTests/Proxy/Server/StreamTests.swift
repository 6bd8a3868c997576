import Foundation
import JSONRPC
import NIOCore
import NIOEmbedded
import Testing

@testable import Gateway

/// gateway.md §9.4 through the handlers.
@Suite struct StreamTests {
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"

    private func chunk(_ text: String) -> String { "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n" }

    private func open(_ bench: ProxyBench, fields: String = "") -> TestClient {
        let client = bench.connect()
        client.request("GET /ecs/mcp", fields)
        bench.answer(Self.head)
        #expect(client.received().hasSuffix("Transfer-Encoding: chunked\r\n\r\n"))
        return client
    }

    @Test func eventsAreForwardedAsTheyCome() throws {
        let bench = try ProxyBench()
        let client = open(bench)
        for number in 0..<5 {
            bench.answer(chunk("data: \(number)\n\n"))
            #expect(client.received() == chunk("data: \(number)\n\n"))
        }
        bench.answer("0\r\n\r\n")
        #expect(client.received() == "0\r\n\r\n")
        #expect(bench.records == ["access 200"])
        #expect(client.isOpen)
    }

    @Test func silenceIsBrokenByAComment() throws {
        let bench = try ProxyBench(keepAlive: 15)
        let client = open(bench)
        bench.wait(seconds: 14)
        #expect(client.received() == "")
        bench.wait(seconds: 2)
        #expect(client.received() == chunk(": keepalive\n\n"))
        bench.answer(chunk("data: x\n\n"))
        _ = client.received()
        bench.wait(seconds: 14)
        #expect(client.received() == "")
        bench.wait(seconds: 2)
        #expect(client.received() == chunk(": keepalive\n\n"))
        bench.wait(seconds: 60)
        #expect(client.received().components(separatedBy: ": keepalive").count >= 4)
    }

    @Test func neverInsideAnEvent() throws {
        let bench = try ProxyBench(keepAlive: 5)
        let client = open(bench)
        bench.answer(chunk("data: a\n"))
        _ = client.received()
        bench.wait(seconds: 20)
        #expect(client.received() == "")
        bench.answer(chunk("\n"))
        _ = client.received()
        bench.wait(seconds: 7)
        #expect(client.received() == chunk(": keepalive\n\n"))
    }

    @Test func aStreamEndsWithItsToken() throws {
        let bench = try ProxyBench(engine: TestEngine(), keepAlive: 300)
        let token = try TestToken.make(["roles": ["admin"], "exp": .int(Int(TestToken.now) + 10)])
        let client = open(bench, fields: "Authorization: Bearer \(token)\r\n")
        // exp + leeway
        bench.wait(seconds: 39)
        #expect(client.received() == "")
        #expect(bench.upstream.isActive)
        bench.wait(seconds: 2)
        #expect(client.received() == chunk(": token-expired\n\n") + "0\r\n\r\n")
        #expect(!bench.upstream.isActive)
        let closed = bench.recorder.records(of: "stream-closed")
        #expect(closed.count == 1)
        #expect(closed.first?["reason"]?.stringValue == "token-expired")
        #expect(closed.first?["service"]?.stringValue == "ecs")
        #expect(bench.records == ["access 200"])
    }

    @Test func traffficDoesNotProlongAStream() throws {
        let bench = try ProxyBench(engine: TestEngine())
        let token = try TestToken.make(["roles": ["admin"], "exp": .int(Int(TestToken.now) + 10)])
        let client = open(bench, fields: "Authorization: Bearer \(token)\r\n")
        for _ in 0..<39 {
            bench.wait(seconds: 1)
            bench.answer(chunk("data: x\n\n"))
        }
        #expect(!client.received().contains("token-expired"))
        bench.answer(chunk("data: half"))
        bench.wait(seconds: 2)
        #expect(client.received().hasSuffix(chunk("data: half") + chunk("\n: token-expired\n") + "0\r\n\r\n"))
    }

    @Test func aPermanentTokenHasNoEnd() throws {
        let bench = try ProxyBench(keepAlive: 300)
        let client = open(bench)
        bench.wait(seconds: 3_700)
        #expect(client.isOpen)
        #expect(bench.upstream.isActive)
    }

    @Test func aClientThatGoesAwayCancelsTheUpstreamRequestAtOnce() throws {
        let bench = try ProxyBench()
        let client = open(bench)
        #expect(bench.upstream.isActive)
        client.disconnect()
        #expect(!bench.upstream.isActive)
        #expect(bench.records == ["access 200 aborted"])
    }

    @Test func alsoBeforeTheResponse() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        client.disconnect()
        #expect(!bench.upstream.isActive)
        #expect(bench.records == ["access 0 aborted"])
    }

    @Test func alsoWhileConnecting() throws {
        let bench = try ProxyBench()
        bench.connecting = .hangs
        let client = bench.connect()
        client.post("{}")
        client.disconnect()
        #expect(bench.records == ["access 0 aborted"])
        for open in bench.hanging { open() }
        #expect(bench.sent() == "")
        #expect(bench.proxy.idleUpstreams == 1)
    }

    @Test func aBrokenStreamIsVisiblyTorn() throws {
        let bench = try ProxyBench()
        let client = open(bench)
        bench.answer("20\r\ndata: ")
        bench.upstream.close(promise: nil)
        #expect(!client.received().contains("0\r\n\r\n"))
        #expect(!client.isOpen)
        #expect(bench.records == ["access 200 aborted"])
        #expect(bench.recorder.records(of: "upstream-error").count == 1)
    }

    @Test func aCompressedStreamIsRefused() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.request("GET /ecs/mcp")
        bench.answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n")
        #expect(client.received().hasPrefix("HTTP/1.1 502 "))
    }

    @Test func aStreamWithALengthCanBeCommentedOn() throws {
        let bench = try ProxyBench()
        let client = bench.connect()
        client.post("{}")
        bench.answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 18\r\n\r\ndata: x\n\n")
        let received = client.received()
        #expect(!received.contains("Content-Length"))
        bench.wait(seconds: 16)
        #expect(client.received() == chunk(": keepalive\n\n"))
        bench.answer("data: y\n\n")
        #expect(client.received() == chunk("data: y\n\n") + "0\r\n\r\n")
    }

    @Test("gateway.md §11: streams_per_subject") func streamsAreLimitedPerSubject() throws {
        var limits = Limits()
        limits.streamsPerSubject = 2
        let bench = try ProxyBench(limits: limits, engine: TestEngine())
        let alice = "Authorization: Bearer \(try TestToken.make(["roles": ["admin"]]))\r\n"
        let bob = "Authorization: Bearer \(try TestToken.make(["roles": ["admin"], "sub": "bob"]))\r\n"
        let first = open(bench, fields: alice)
        _ = open(bench, fields: alice)
        let third = bench.connect()
        third.request("GET /ecs/mcp", alice)
        let refused = third.received()
        #expect(refused.hasPrefix("HTTP/1.1 429 Too Many Requests\r\n"))
        #expect(refused.contains("Retry-After: "))
        #expect(refused.contains("too-many-streams"))
        _ = open(bench, fields: bob)
        first.disconnect()
        third.request("GET /ecs/mcp", alice)
        #expect(bench.sent().hasPrefix("GET /mcp "))
    }

    @Test func aStreamThatIsNotAllowedAnyMoreEnds() throws {
        let bench = try ProxyBench()
        let kept = open(bench)
        bench.proxy.endStreams { _, _ in true }
        #expect(kept.received() == "")
        bench.proxy.endStreams { mount, _ in mount.path != "/ecs" }
        #expect(kept.received() == "0\r\n\r\n")
        #expect(bench.recorder.records(of: "stream-closed").count == 1)
    }

    @Test func theStreamsOfARevokedCallerEnd() throws {
        let engine = TestEngine()
        let bench = try ProxyBench(engine: engine)
        func fields(_ changes: JSONObject) throws -> String {
            var changes = changes
            changes["roles"] = ["admin"]
            return "Authorization: Bearer \(try TestToken.make(changes))\r\n"
        }
        let alice = open(bench, fields: try fields(["jti": "a1"]))
        let other = open(bench, fields: try fields(["jti": "a2"]))
        let bob = open(bench, fields: try fields(["sub": "bob", "jti": "b1"]))
        let list = RevocationList(tokenIDs: [ExactText("a1")], subjects: [ExactText("bob")])
        engine.revocations.replace(with: list)
        bench.proxy.endStreams(as: .revoked) { _, caller in !list.revokes(caller) }
        #expect(alice.received() == chunk(": revoked\n\n") + "0\r\n\r\n")
        #expect(bob.received().contains("revoked"))
        #expect(other.received() == "")
        let closed = bench.recorder.records(of: "stream-closed")
        #expect(closed.map { $0["reason"] } == ["revoked", "revoked"])
        #expect(Set(closed.map { $0["sub"] }) == ["alice", "bob"])
        alice.request("GET /ecs/mcp", try fields(["jti": "a1"]))
        #expect(alice.received().contains("jwt-revoked"))
    }

    @Test func aStreamThatBeginsAfterTheRevocationOfItsCallerEndsAtOnce() throws {
        let engine = TestEngine()
        let bench = try ProxyBench(engine: engine)
        let client = bench.connect()
        client.request("GET /ecs/mcp", "Authorization: Bearer \(try TestToken.make(["roles": ["admin"]]))\r\n")
        engine.revocations.replace(with: RevocationList(subjects: [ExactText("alice")]))
        bench.answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        _ = client.received()
        bench.wait(seconds: 1)
        #expect(client.received().contains(": revoked"))
        #expect(bench.recorder.records(of: "stream-closed").first?["reason"] == "revoked")
    }

    @Test func drainingEndsStreamsAndIdleConnectionsAtOnce() throws {
        let bench = try ProxyBench()
        let stream = open(bench)
        let idle = bench.connect()
        idle.request("GET /healthz")
        _ = idle.received()
        let busy = bench.connect()
        busy.post("{}")
        bench.proxy.beginDraining()
        #expect(stream.received() == "0\r\n\r\n")
        #expect(!stream.isOpen)
        #expect(!idle.isOpen)
        #expect(busy.isOpen)
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        let received = busy.received()
        #expect(received.contains("Connection: close\r\n"))
        #expect(received.hasSuffix("ok"))
        #expect(!busy.isOpen)
        #expect(bench.proxy.idleUpstreams == 0)
        let late = bench.connect()
        late.post("{}")
        let refused = late.received()
        #expect(refused.hasPrefix("HTTP/1.1 503 "))
        #expect(refused.contains("\"draining\""))
        #expect(refused.contains("Retry-After: 1\r\n"))
    }
}

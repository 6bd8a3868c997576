import Foundation
import HuaweiCloud
import JSONRPC
import NIOCore
import NIOPosix
import ProcessSupport
import Testing

/// What really goes over the wire, and what failures of the network become.
@Suite(.timeLimit(.minutes(1)))
struct AsyncHTTPTransportTests {
    private func withServer<Result>(
        _ replies: RawServer.Reply...,
        body: (RawServer, AsyncHTTPTransport, Endpoint) async throws -> Result
    ) async throws -> Result {
        let server = try await RawServer.start(replies)
        let transport = AsyncHTTPTransport()
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(server, transport, try Endpoint(parsing: "http://127.0.0.1:\(server.port)")))
        } catch { result = .failure(error) }
        await transport.shutdown()
        await server.stop()
        return try result.get()
    }

    private func failure(
        _ transport: AsyncHTTPTransport,
        _ request: SignedRequest,
        timeout: Duration = .seconds(20)
    ) async -> TransportFailure? {
        do throws(TransportFailure) {
            _ = try await transport.execute(request, timeout: timeout)
            return nil
        } catch { return error }
    }

    private func request(_ endpoint: Endpoint, _ method: String = "GET", _ path: String = "/v1/x", body: String = "") -> SignedRequest {
        SignedRequest(method: method, endpoint: endpoint, path: path, headers: ["Host": endpoint.authority], body: Array(body.utf8))
    }

    @Test(arguments: SigningVector.all.filter { $0.name != "path-bare-percent" })
    func whatIsSignedIsWhatIsSent(_ vector: SigningVector) async throws {
        try await withServer(.bytes(RawServer.ok)) { server, transport, endpoint in
            var signed = try vector.signed()
            signed.endpoint = endpoint
            _ = try await transport.execute(signed, timeout: .seconds(20))
            let text = try #require(server.requests.first)
            let parts = text.components(separatedBy: "\r\n\r\n")
            let lines = parts[0].components(separatedBy: "\r\n")
            #expect(lines[0] == "\(signed.method) \(signed.target) HTTP/1.1")
            let fields = lines.dropFirst().map { line in
                let name = line.prefix { $0 != ":" }
                return HeaderField(name: String(name), value: String(line.dropFirst(name.count + 2)))
            }
            for field in signed.headers { #expect(fields.filter { $0.isNamed(field.name) } == [field]) }
            let added = fields.filter { !signed.headers.contains($0.name) }.map(\.name)
            #expect(added == (signed.body.isEmpty && ["GET", "HEAD", "DELETE"].contains(signed.method) ? [] : ["Content-Length"]))
            #expect(parts.dropFirst().joined(separator: "\r\n\r\n").utf8.elementsEqual(signed.body))
        }
    }

    @Test(arguments: [
        "/a%2Fb", "/a%2fb/%7E", "/a//b/", "/a/../b/./c", "/%E4%B8%AD", "/a:b@c", "/a;b=c,d", "/a+b", "/%3F%23", "/!$&'()*", "//x", "/",
        "/a%25b",
    ])
    func pathsAreSentByteForByte(_ path: String) async throws {
        try await withServer(.bytes(RawServer.ok)) { server, transport, endpoint in
            var request = request(endpoint, "GET", path)
            request.query = CanonicalQuery.make([("k", "!*'();:@&=+$,/?#[]"), ("é", "a b%20")])
            _ = try await transport.execute(request, timeout: .seconds(20))
            #expect(server.requests.first?.hasPrefix("GET \(path)?\(request.query) HTTP/1.1\r\n") == true)
        }
    }

    @Test(arguments: ["/a b", "/100%", "/%zz", "/é", "/a\r\nX: y", "/a#b", "/[", "x", "", "/a|b", "/\"", "/a%4"])
    func whatWouldBeEncodedAnewIsNotSent(_ path: String) async throws {
        try await withServer(.bytes(RawServer.ok)) { server, transport, endpoint in
            #expect(await failure(transport, request(endpoint, "GET", path)) == TransportFailure(.unsendable, sent: false))
            #expect(server.requests.isEmpty)
        }
    }

    @Test func anIPv6EndpointIsReached() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        guard let listener = try? await ServerBootstrap(group: group).bind(host: "::1", port: 0).get() else { return }
        try await listener.close()
        let transport = AsyncHTTPTransport()
        let endpoint = try Endpoint(parsing: "http://[::1]:\(listener.localAddress?.port ?? 1)")
        #expect(await failure(transport, request(endpoint)) == TransportFailure(.connection, sent: false))
        await transport.shutdown()
    }

    @Test(arguments: ["POST", "PUT"])
    func anEmptyWriteHasContentLength0(_ method: String) async throws {
        try await withServer(.bytes(RawServer.ok)) { server, transport, endpoint in
            _ = try await transport.execute(request(endpoint, method), timeout: .seconds(20))
            #expect(server.requests.first?.contains("\r\nContent-Length: 0\r\n") == true)
            #expect(server.requests.first?.lowercased().contains("transfer-encoding") == false)
        }
    }

    @Test func aLargeBodyIsSentInOnePiece() async throws {
        try await withServer(.bytes(RawServer.ok)) { server, transport, endpoint in
            let body = String(repeating: "0123456789", count: 100_000)
            _ = try await transport.execute(request(endpoint, "POST", body: body), timeout: .seconds(20))
            #expect(server.requests.first?.contains("\r\nContent-Length: 1000000\r\n") == true)
            #expect(server.requests.first?.hasSuffix("\r\n\r\n" + body) == true)
        }
    }

    @Test func theAnswerComesWhole() async throws {
        let reply =
            "HTTP/1.1 429 Too Many\r\nX-Request-Id: r1\r\nRetry-After: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        try await withServer(.bytes(reply)) { _, transport, endpoint in
            let answer = try await transport.execute(request(endpoint), timeout: .seconds(20))
            #expect(answer.status == 429)
            #expect(answer.headers["x-request-id"] == "r1")
            #expect(answer.body == Array("abcde".utf8))
        }
    }

    @Test func redirectsAreNotFollowed() async throws {
        try await withServer(.bytes("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n")) { server, transport, endpoint in
            let answer = try await transport.execute(request(endpoint), timeout: .seconds(20))
            #expect(answer.status == 302)
            #expect(server.requests.count == 1)
        }
    }

    @Test func compressedBodiesStayAsTheyAre() async throws {
        let reply = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nxyz"
        try await withServer(.bytes(reply)) { server, transport, endpoint in
            let answer = try await transport.execute(request(endpoint), timeout: .seconds(20))
            #expect(answer.body == Array("xyz".utf8))
            #expect(server.requests.first?.lowercased().contains("accept-encoding") == false)
        }
    }

    @Test func connectionsAreReused() async throws {
        try await withServer(.bytes(RawServer.ok)) { server, transport, endpoint in
            for _ in 0..<3 { _ = try await transport.execute(request(endpoint), timeout: .seconds(20)) }
            #expect(server.connections == 1)
        }
    }

    @Test func aDeadConnectionAfterARequestIsNotUsedAgain() async throws {
        try await withServer(.bytesThenClose("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")) {
            server,
            transport,
            endpoint in
            for _ in 0..<3 { _ = try await transport.execute(request(endpoint), timeout: .seconds(20)) }
            #expect(server.connections == 3)
        }
    }

    @Test func refusedConnections() async throws {
        // Not the port of a server that was stopped: another test may have been given it.
        let endpoint = try Endpoint(parsing: "http://127.0.0.1:1")
        let transport = AsyncHTTPTransport()
        #expect(await failure(transport, request(endpoint, "POST")) == TransportFailure(.connection, sent: false))
        let named = try Endpoint(parsing: "http://localhost:1")
        #expect(await failure(transport, request(named, "POST")) == TransportFailure(.connection, sent: false))
        await transport.shutdown()
    }

    @Test func namesThatDoNotResolve() async throws {
        let transport = AsyncHTTPTransport()
        let endpoint = try Endpoint(parsing: "https://does-not-exist.invalid")
        #expect(await failure(transport, request(endpoint)) == TransportFailure(.nameResolution, sent: false))
        await transport.shutdown()
    }

    @Test func handshakesThatFail() async throws {
        try await withServer(.bytesThenClose("HTTP/1.1 400 Bad Request\r\n\r\n")) { server, transport, _ in
            let plain = try await RawServer.start([.closeOnAccept])
            let closing = try Endpoint(parsing: "https://127.0.0.1:\(plain.port)")
            let failure = await failure(transport, request(closing))
            #expect(failure?.sent == false)
            #expect(failure?.kind == .tls || failure?.kind == .connection)
            await plain.stop()
        }
    }

    @Test func aServerWithoutTLS() async throws {
        let server = try await GreetingServer.start()
        let transport = AsyncHTTPTransport()
        let endpoint = try Endpoint(parsing: "https://127.0.0.1:\(server.port)")
        #expect(await failure(transport, request(endpoint, "POST")) == TransportFailure(.tls, sent: false))
        await transport.shutdown()
        await server.stop()
    }

    @Test func timeoutAfterSending() async throws {
        try await withServer(.nothing) { _, transport, endpoint in
            let failure = await failure(transport, request(endpoint, "POST", body: "{}"), timeout: .seconds(2))
            #expect(failure == TransportFailure(.timeout, sent: true))
        }
    }

    @Test func timeoutInTheMiddleOfTheBody() async throws {
        try await withServer(.bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")) { _, transport, endpoint in
            let failure = await failure(transport, request(endpoint), timeout: .seconds(2))
            #expect(failure?.kind == .timeout)
            #expect(failure?.partial?.status == 200)
            #expect(failure?.partial?.body == Array("abc".utf8))
        }
    }

    @Test func timeoutBeforeAConnectionStands() async throws {
        // Nobody accepts: the queue of the listening socket is full after a few connections.
        let server = try await FullServer.start()
        let transport = AsyncHTTPTransport()
        let endpoint = try Endpoint(parsing: "http://127.0.0.1:\(server.port)")
        let failure = await failure(transport, request(endpoint, "POST"), timeout: .seconds(2))
        #expect(failure == TransportFailure(.timeout, sent: false))
        await transport.shutdown()
        await server.stop()
    }

    @Test func aConnectionThatClosesWithoutAnAnswer() async throws {
        try await withServer(.close) { _, transport, endpoint in
            #expect(await failure(transport, request(endpoint, "POST")) == TransportFailure(.broken, sent: true))
        }
    }

    @Test func aTruncatedAnswer() async throws {
        try await withServer(.bytesThenClose("HTTP/1.1 200 OK\r\nX-Request-Id: r\r\nContent-Length: 10\r\n\r\nabc")) {
            _,
            transport,
            endpoint in
            let failure = await failure(transport, request(endpoint))
            #expect(failure?.kind == .broken)
            #expect(failure?.sent == true)
            #expect(failure?.partial?.headers["X-Request-Id"] == "r")
        }
    }

    @Test(arguments: ["SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"])
    func anAnswerThatIsNotHTTP(_ reply: String) async throws {
        try await withServer(.bytesThenClose(reply)) { _, transport, endpoint in
            #expect(await failure(transport, request(endpoint))?.kind == .malformed)
        }
    }

    @Test func anAnnouncedBodyBeyondTheLimitIsNotRead() async throws {
        try await withServer(.bytes("HTTP/1.1 200 OK\r\nContent-Length: \((32 << 20) + 1)\r\n\r\nabc")) { _, transport, endpoint in
            let failure = await failure(transport, request(endpoint))
            #expect(failure?.kind == .tooLarge)
            #expect(failure?.partial?.status == 200)
        }
    }

    @Test func aChunkedBodyBeyondTheLimitIsCutOff() async throws {
        let chunk = "100000\r\n" + String(repeating: "x", count: 1 << 20) + "\r\n"
        let reply = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + String(repeating: chunk, count: 33) + "0\r\n\r\n"
        try await withServer(.bytes(reply)) { _, transport, endpoint in
            #expect(await failure(transport, request(endpoint))?.kind == .tooLarge)
        }
    }

    @Test func aBodyOfExactlyTheLimitIsRead() async throws {
        let reply = "HTTP/1.1 200 OK\r\nContent-Length: \(32 << 20)\r\n\r\n" + String(repeating: "x", count: 32 << 20)
        try await withServer(.bytes(reply)) { _, transport, endpoint in
            let answer = try await transport.execute(request(endpoint), timeout: .seconds(50))
            #expect(answer.body.count == 32 << 20)
        }
    }

    @Test func cancellationEndsAnAttemptAtOnce() async throws {
        try await withServer(.nothing) { server, transport, endpoint in
            let call = Task { await failure(transport, request(endpoint), timeout: .seconds(600)) }
            while server.requests.isEmpty { await Task.yield() }
            call.cancel()
            #expect(await call.value?.kind == .cancelled)
        }
    }

    @Test(arguments: ["a\r\nb", "a\u{0}b"])
    func headersThatHTTPDoesNotAllowAreNotSent(_ value: String) async throws {
        try await withServer(.bytes(RawServer.ok)) { server, transport, endpoint in
            var request = request(endpoint)
            request.headers.append("X-A", value)
            #expect(await failure(transport, request) == TransportFailure(.unsendable, sent: false))
            #expect(server.requests.isEmpty)
        }
    }

    @Test func afterShutdownNothingIsSent() async throws {
        try await withServer(.bytes(RawServer.ok)) { server, transport, endpoint in
            await transport.shutdown()
            await transport.shutdown()
            #expect(await failure(transport, request(endpoint))?.kind == .shutDown)
            #expect(server.requests.isEmpty)
        }
    }

    @Test func shutdownEndsRunningAttempts() async throws {
        try await withServer(.nothing) { server, transport, endpoint in
            let call = Task { await failure(transport, request(endpoint), timeout: .seconds(600)) }
            while server.requests.isEmpty { await Task.yield() }
            await transport.shutdown()
            #expect(await call.value?.kind == .shutDown)
        }
    }

    @Test func aWholeCallOverTheWireVerifies() async throws {
        let reply = "HTTP/1.1 200 OK\r\nX-Request-Id: r1\r\nContent-Length: 11\r\n\r\n{\"count\":1}"
        try await withServer(.bytes("HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"), .bytes(reply)) {
            server,
            transport,
            _ in
            let time = TestClock()
            let client = CloudClient(
                transport: transport,
                credentials: StaticCredentials(Credentials(accessKeyID: Secret("AK"), secretAccessKey: Secret("SK"))),
                endpoints: Endpoints { $0 == "HUAWEICLOUD_SDK_REGION_ECS_LAB_1" ? "http://127.0.0.1:\(server.port)" : nil },
                region: "lab-1",
                userAgent: "test/1",
                clock: time.clock,
                log: .disabled
            )
            let object = try await client.send(Fixture.read).object()
            #expect(object == ["count": 1])
            #expect(server.requests.count == 2)
            #expect(server.requests[1].contains("Host: 127.0.0.1:\(server.port)\r\n"))
            #expect(time.waits == [.zero])
        }
    }
}

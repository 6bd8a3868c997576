import ProcessSupport
import Testing

@testable import Gateway

/// A proxy on a free loopback port in front of a ``TestUpstream``.
struct TestGateway {
    let server: ProxyServer
    let upstream: TestUpstream
    let directory: UpstreamDirectory
    let recorder: LogRecorder

    /// Runs the body with a gateway, and stops everything afterwards.
    static func run(
        limits: Limits = Limits(),
        address: ListenAddress? = nil,
        upstreamSocket: String? = nil,
        loops: Int = 2,
        _ body: (TestGateway) async throws -> Void
    ) async throws {
        let recorder = LogRecorder()
        let directory = UpstreamDirectory()
        let upstream = try await TestUpstream.start(unixSocket: upstreamSocket)
        directory.addExternal("ecs", upstreamSocket.map { .unix(path: $0) } ?? .tcp(host: "127.0.0.1", port: upstream.port))
        // A port on which nobody listens: bound once and given back.
        let nobody = try await TestUpstream.start()
        directory.addExternal("vault", .tcp(host: "127.0.0.1", port: nobody.port))
        await nobody.stop()
        let services = ProxyServices(
            configuration: ConfigurationBox(try ProxyBench.configuration(limits, TestEngine(isTokenMode: false, loopbackOnly: false), 15)),
            directory: directory,
            log: AccessLog(log: recorder.log, metrics: Metrics(), development: nil),
            now: { TestToken.now }
        )
        let server = try await ProxyServer.start(on: address ?? ListenAddress("127.0.0.1", port: 0), services: services, loops: loops)
        do {
            try await body(TestGateway(server: server, upstream: upstream, directory: directory, recorder: recorder))
        } catch {
            await server.drain(for: .zero)
            await upstream.stop()
            throw error
        }
        await server.drain(for: .zero)
        await upstream.stop()
        #expect(server.openConnections == 0)
    }

    func connect() async throws -> RawConnection { try await RawConnection.connect(port: server.port ?? 0) }

    /// A request as text.
    static func request(_ line: String, body: String? = nil, fields: String = "") -> String {
        let length = body.map { "Content-Length: \($0.utf8.count)\r\n" } ?? ""
        return "\(line) HTTP/1.1\r\nHost: localhost\r\n\(length)\(fields)\r\n\(body ?? "")"
    }

    /// Waits until something that another thread does has happened.
    static func eventually(_ isTrue: () -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(10)
        while !isTrue(), ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(2)) }
        #expect(isTrue())
    }
}

import AuthCommon
import Crypto
import JSONRPC
import NIOCore
import NIOEmbedded
import Synchronization

@testable import Gateway

/// A loop of the proxy whose clients and upstreams are embedded channels, and whose time is moved by hand.
final class ProxyBench {
    /// How the next connections to an upstream go.
    enum Connecting { case succeeds, fails, hangs, failsOn(errno: CInt) }

    let eventLoop = EmbeddedEventLoop()
    let recorder = LogRecorder()
    let metrics = Metrics()
    let directory = UpstreamDirectory()
    let proxy: ProxyLoop
    var connecting: Connecting {
        get { state.connecting }
        set { state.connecting = newValue }
    }
    var upstreams: [EmbeddedChannel] { state.upstreams }
    var hanging: [() -> Void] { state.hanging }
    let configuration: ConfigurationBox
    private let state: State

    private final class State {
        var connecting = Connecting.succeeds
        var upstreams: [EmbeddedChannel] = []
        var hanging: [() -> Void] = []
    }

    init(
        limits: Limits = Limits(),
        engine: TestEngine = TestEngine(isTokenMode: false),
        keepAlive: Int = 15,
        audit: RequestAudit? = nil,
        trustedProxies: TrustedProxies = TrustedProxies()
    ) throws {
        let log = AccessLog(log: recorder.log, metrics: metrics, development: nil, audit: audit)
        configuration = ConfigurationBox(try Self.configuration(limits, engine, keepAlive, trustedProxies))
        for mount in engine.mounts { directory.addExternal(mount.service, .tcp(host: "127.0.0.1", port: 9)) }
        let state = State()
        self.state = state
        let clock = TestClock()
        self.testClock = clock
        let services = ProxyServices(
            configuration: configuration,
            directory: directory,
            log: log,
            revocations: engine.revocations,
            now: { clock.seconds }
        )
        let connector = UpstreamConnector { _, connection, _, eventLoop in
            let promise = eventLoop.makePromise(of: Void.self)
            let open = {
                guard let loop = eventLoop as? EmbeddedEventLoop else { return }
                let channel = EmbeddedChannel(handler: connection, loop: loop)
                channel.connect(to: .testAddress, promise: nil)
                state.upstreams.append(channel)
                promise.succeed(())
            }
            switch state.connecting {
            case .succeeds: open()
            case .fails: promise.fail(ChannelError.connectTimeout(.seconds(1)))
            case .failsOn(let code): promise.fail(IOError(errnoCode: code, reason: "socket"))
            case .hangs: state.hanging.append(open)
            }
            return promise.futureResult
        }
        proxy = ProxyLoop(eventLoop: eventLoop, services: services, connector: connector)
    }

    let testClock: TestClock

    static func configuration(
        _ limits: Limits,
        _ engine: TestEngine,
        _ keepAlive: Int,
        _ trustedProxies: TrustedProxies = TrustedProxies()
    ) throws -> GatewayConfiguration {
        GatewayConfiguration(
            engine: try engine.engine(),
            assertions: AssertionIssuer(signer: IdentityAssertionSigner(privateKey: Curve25519.Signing.PrivateKey())),
            limits: limits,
            trustedProxies: trustedProxies,
            sseKeepAlive: keepAlive,
            sessionKey: SymmetricKey(data: Array(repeating: UInt8(1), count: 32))
        )
    }

    /// A new client connection.
    func connect(peer: PeerAddress = PeerAddress(text: "127.0.0.1", isLoopback: true)) -> TestClient {
        let connection = ClientConnection(loop: proxy, peer: peer)
        let channel = EmbeddedChannel(handler: connection, loop: eventLoop)
        channel.connect(to: .testAddress, promise: nil)
        return TestClient(channel: channel, connection: connection)
    }

    /// The gate in front of the first mount's server.
    var gate: UpstreamGate { directory.gate(of: "ecs") ?? UpstreamGate() }

    /// The upstream connection that was opened last.
    var upstream: EmbeddedChannel { state.upstreams[state.upstreams.count - 1] }

    /// What has been written to an upstream since the last look.
    func sent(_ index: Int? = nil) -> String { upstreams[index ?? upstreams.count - 1].takeOutbound() }

    /// Bytes from an upstream.
    func answer(_ text: String, _ index: Int? = nil) {
        upstreams[index ?? upstreams.count - 1].receive(text)
    }

    /// Time passes.
    func wait(seconds: Int) {
        for _ in 0..<seconds * ProxyLoop.ticksPerSecond {
            testClock.advance(by: 1 / Double(ProxyLoop.ticksPerSecond))
            proxy.tick()
        }
    }

    /// The records of finished requests: event, status, and whether the response was complete.
    var records: [String] {
        recorder.records.compactMap { record in
            guard let event = record["msg"]?.stringValue, event == "access" || event == "auth-rejected" else { return nil }
            let aborted = record["aborted"] == .bool(true) ? " aborted" : ""
            return "\(event) \(record["status"]?.intValue ?? -1)\(aborted)"
        }
    }
}

/// A clock that is moved by hand.
final class TestClock: Sendable {
    private let value = Mutex(TestToken.now)

    var seconds: Double { value.withLock { $0 } }

    func advance(by seconds: Double) { value.withLock { $0 += seconds } }
}

/// A client's end of an embedded channel.
struct TestClient {
    let channel: EmbeddedChannel
    let connection: ClientConnection

    /// Bytes from the client.
    func send(_ text: String) { channel.receive(text) }

    /// What was written to the client since the last look.
    func received() -> String { channel.takeOutbound() }

    var isOpen: Bool { channel.isActive }

    /// A request with the headers that every request has.
    func request(_ line: String, _ fields: String = "", body: String = "") {
        send("\(line) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n\(body)")
    }

    /// A POST to the first mount with a body.
    func post(_ body: String, path: String = "/ecs/mcp", fields: String = "") {
        request("POST \(path)", "Content-Length: \(body.utf8.count)\r\n\(fields)", body: body)
    }

    /// The client goes away.
    func disconnect() { channel.close(promise: nil) }
}

extension EmbeddedChannel {
    func receive(_ text: String) {
        pipeline.fireChannelRead(ByteBuffer(string: text))
        pipeline.fireChannelReadComplete()
    }

    func takeOutbound() -> String {
        var text = ""
        while let buffer = try? readOutbound(as: ByteBuffer.self) { text += String(buffer: buffer) }
        return text
    }

    /// Whether the channel's buffer is below its mark, as the handlers see it.
    func setWritable(_ value: Bool) {
        isWritable = value
        pipeline.fireChannelWritabilityChanged()
    }
}

extension SocketAddress {
    static var testAddress: SocketAddress {
        (try? SocketAddress(ipAddress: "127.0.0.1", port: 1)) ?? { preconditionFailure("an address that is valid") }()
    }
}

public import AuthCommon
public import HTTPTypes
import Hummingbird
public import Logging
import NIOCore
public import NIOPosix
public import ServiceLifecycle

/// One HTTP listener with every HTTP transport: `/mcp` (Streamable HTTP), `/sse` with `/messages` (HTTP+SSE), and `/healthz`.
public struct HTTPTransport: Service, CustomStringConvertible {
    /// Establishes who sent a request, or refuses it.
    public typealias Authenticate = @Sendable (HTTPFields, _ peer: String?) throws(HTTPRefusal) -> Identity

    /// Is told of a refused request, for a record: its path and its peer.
    public typealias Refused = @Sendable (HTTPRefusal, _ path: String, _ peer: String?) -> Void

    /// What a service group calls it: nothing of the server's contents.
    public var description: String { "MCP over HTTP" }

    private let server: MCPServer
    private let configuration: HTTPConfiguration
    private let authenticate: Authenticate
    private let onRefusal: Refused
    private let group: MultiThreadedEventLoopGroup
    private let logger: Logger
    private let onReady: @Sendable (String) -> Void

    /// A transport.
    ///
    /// - Parameters:
    ///   - authenticate: asked for every request but `/healthz`.
    ///   - onRefusal: called for every refused request.
    ///   - group: the event loops of the listener.
    ///   - onReady: called once with the bound address, `127.0.0.1:8000` or `unix:/path`.
    public init(
        server: MCPServer,
        configuration: HTTPConfiguration,
        group: MultiThreadedEventLoopGroup = .singleton,
        logger: Logger,
        authenticate: @escaping Authenticate,
        onRefusal: @escaping Refused = { _, _, _ in },
        onReady: @escaping @Sendable (String) -> Void
    ) {
        self.server = server
        self.configuration = configuration
        self.authenticate = authenticate
        self.onRefusal = onRefusal
        self.group = group
        self.logger = logger
        self.onReady = onReady
    }

    /// Serves until the task is cancelled or a graceful shutdown is over.
    ///
    /// - Throws: when the address cannot be bound.
    public func run() async throws {
        let registry = SessionRegistry(
            limit: configuration.maximumSessions,
            limitPerOwner: configuration.maximumSessionsPerOwner,
            idleTime: configuration.sessionIdleTime
        )
        let responder = MCPResponder(
            server: server,
            configuration: configuration,
            registry: registry,
            authenticate: authenticate,
            onRefusal: onRefusal
        )
        let application = Application(
            responder: responder,
            server: .http1(configuration: .init(additionalChannelHandlers: [DisconnectHandler()])),
            configuration: ApplicationConfiguration(address: bindAddress, serverName: nil),
            onServerRunning: { onReady(Self.text(of: $0)) },
            eventLoopGroupProvider: .shared(group),
            logger: logger
        )
        let upkeep = group.next().scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
            registry.keepAlive(after: configuration.keepAlive)
            registry.sweep()
        }
        defer {
            upkeep.cancel()
            registry.closeAll()
        }
        try await withGracefulShutdownHandler {
            try await application.run()
        } onGracefulShutdown: {
            drain(registry)
        }
    }

    /// Streams end at once; what runs may finish for the grace period, then it is cancelled.
    private func drain(_ registry: SessionRegistry) {
        server.changes?.shutDown()
        let deadline = NIODeadline.now() + TimeAmount(configuration.grace)
        group.next().scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(20)) { task in
            if registry.isBusy && NIODeadline.now() < deadline { return }
            registry.closeAll()
            task.cancel()
        }
    }

    private var bindAddress: BindAddress {
        switch configuration.address {
        case .host(let host, let port): .hostname(host, port: port)
        case .unix(let path): .unixDomainSocket(path: path)
        }
    }

    private static func text(of channel: any Channel) -> String {
        guard let address = channel.localAddress else { return "unknown" }
        if let path = address.pathname { return "unix:\(path)" }
        guard let host = address.ipAddress, let port = address.port else { return "unknown" }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

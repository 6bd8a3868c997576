import NIOCore
import NIOPosix
import ProcessSupport
import Synchronization

/// The public listener and its event loops (design decision 4).
///
/// Each loop owns its client connections and its own upstream connections.
final class ProxyServer: Sendable {
    private let group: MultiThreadedEventLoopGroup
    private let loops: [NIOLoopBound<ProxyLoop>]
    private let listener: any Channel
    private let connections: ConnectionCount
    private let isDrained = Atomic(false)

    private init(
        group: MultiThreadedEventLoopGroup,
        loops: [NIOLoopBound<ProxyLoop>],
        listener: any Channel,
        connections: ConnectionCount
    ) {
        self.group = group
        self.loops = loops
        self.listener = listener
        self.connections = connections
    }

    /// Binds the address and serves it from then on.
    ///
    /// - Parameter loops: The number of event loops; by default one for each processor that the process may use.
    /// - Throws: The system's error when the address cannot be bound.
    static func start(
        on address: ListenAddress,
        services: ProxyServices,
        loops: Int = Processors.available
    ) async throws -> ProxyServer {
        FileLimit.raise()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(loops, 1))
        do {
            var bound: [NIOLoopBound<ProxyLoop>] = []
            for eventLoop in group.makeIterator() {
                bound.append(try await eventLoop.submit { Self.makeLoop(on: eventLoop, services) }.get())
            }
            let connections = ConnectionCount()
            let listener = try await bind(address, group, bound, services, connections)
            return ProxyServer(group: group, loops: bound, listener: listener, connections: connections)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }

    private static func makeLoop(on eventLoop: any EventLoop, _ services: ProxyServices) -> NIOLoopBound<ProxyLoop> {
        let loop = ProxyLoop(eventLoop: eventLoop, services: services, connector: .sockets)
        loop.start()
        return NIOLoopBound(loop, eventLoop: eventLoop)
    }

    private static func bind(
        _ address: ListenAddress,
        _ group: MultiThreadedEventLoopGroup,
        _ loops: [NIOLoopBound<ProxyLoop>],
        _ services: ProxyServices,
        _ connections: ConnectionCount
    ) async throws -> any Channel {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4_096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.maxMessagesPerRead, value: 16)
            .childChannelOption(.recvAllocator, value: ReceiveBuffers.client)
            .childChannelOption(.maxMessagesPerRead, value: 2)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try connections.open(limit: services.configuration.current.limits.connections)
                    channel.closeFuture.whenComplete { _ in connections.close() }
                    guard let loop = loops.first(where: { $0.eventLoop === channel.eventLoop }) else {
                        throw ChannelError.ioOnClosedChannel
                    }
                    let connection = ClientConnection(loop: loop.value, peer: PeerAddress(channel.remoteAddress))
                    try channel.pipeline.syncOperations.addHandler(connection)
                }
            }
        switch address.endpoint {
        case .unix(let path):
            return try await UnixSocketPermissions.ownerOnly {
                try await bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
            }
        case .tcp(_, let port):
            return try await bootstrap.bind(host: address.bindHost ?? "127.0.0.1", port: port).get()
        }
    }

    /// The port that is listened on; nil for a Unix socket.
    var port: Int? { listener.localAddress?.port }

    /// The address that is listened on, for the log.
    var address: String {
        guard let local = listener.localAddress else { return "" }
        if let path = local.pathname, !path.isEmpty { return "unix:\(path)" }
        let host = local.ipAddress ?? ""
        return host.contains(":") ? "[\(host)]:\(local.port ?? 0)" : "\(host):\(local.port ?? 0)"
    }

    /// The number of open client connections.
    var openConnections: Int { connections.count }

    /// The bytes that the gateway holds for all connections, inbound and outbound.
    ///
    /// They are bounded for each connection, however slow its ends are.
    func bufferedBytes() async -> Int {
        var sum = 0
        for loop in loops { sum += (try? await loop.eventLoop.submit { loop.value.bufferedBytes }.get()) ?? 0 }
        return sum
    }

    /// Stops accepting connections, ends streams and idle connections at once, lets running requests finish until the time is over, then
    /// ends everything and the event loops (gateway.md §12).
    func drain(for timeout: Duration) async {
        guard !isDrained.exchange(true, ordering: .relaxed) else { return }
        try? await listener.close().get()
        await onLoops { $0.beginDraining() }
        let end = ContinuousClock.now + timeout
        while connections.count > 0, ContinuousClock.now < end, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(20))
        }
        await onLoops { loop in
            loop.abort()
            loop.stop()
        }
        try? await group.shutdownGracefully()
    }

    /// Ends the streams that are not allowed any more: another configuration is in force, or tokens were revoked.
    ///
    /// - Parameters:
    ///   - end: Why they end.
    ///   - isAllowed: Whether the caller may keep a stream that was opened on this mount.
    func endStreams(as end: StreamEnd = .notAllowed, unless isAllowed: @escaping @Sendable (Mount, Caller) -> Bool) async {
        await onLoops { $0.endStreams(as: end, unless: isAllowed) }
    }

    private func onLoops(_ body: @escaping @Sendable (ProxyLoop) -> Void) async {
        for loop in loops {
            try? await loop.eventLoop.submit { body(loop.value) }.get()
        }
    }
}

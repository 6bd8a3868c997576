import NIOCore
import NIOHTTP1
import NIOPosix

/// The listening socket of the simulator and the connections that came from it.
struct HTTPListener: Sendable {
    private let channel: any Channel
    private let group: MultiThreadedEventLoopGroup

    /// The port that was bound.
    let port: Int

    /// Listens on a loopback address; port 0 takes any free one.
    ///
    /// - Throws: ``ListenError`` when the address is taken or is none.
    static func start(host: String, port: Int, simulator: Simulator) async throws(ListenError) -> HTTPListener {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
                    try channel.pipeline.syncOperations.addHandler(HTTPExchangeHandler(simulator: simulator))
                }
            }
        do {
            let channel = try await bootstrap.bind(host: host, port: port).get()
            return HTTPListener(channel: channel, group: group, port: channel.localAddress?.port ?? port)
        } catch {
            try? await group.shutdownGracefully()
            throw ListenError(host: host, port: port, error)
        }
    }

    /// Closes the socket and every connection.
    func stop() async {
        try? await channel.close()
        try? await group.shutdownGracefully()
    }

    private init(channel: any Channel, group: MultiThreadedEventLoopGroup, port: Int) {
        self.channel = channel
        self.group = group
        self.port = port
    }
}

/// Why the simulator cannot listen, in one line.
struct ListenError: Error, Sendable, Hashable, CustomStringConvertible {
    let description: String

    /// The reason in words that say what to do.
    init(host: String, port: Int, _ error: any Error) {
        if let error = error as? IOError, error.errnoCode == EADDRINUSE {
            description = "\(host):\(port) is in use; choose another --port, or 0 for any free one"
        } else if let error = error as? IOError, error.errnoCode == EACCES {
            description = "not allowed to listen on \(host):\(port); choose a --port above 1023"
        } else {
            description = "cannot listen on \(host):\(port): \(error)"
        }
    }
}

import NIOCore
import NIOPosix

/// Opens connections to upstreams.
struct UpstreamConnector {
    /// Opens a channel on the event loop, with the connection as its only handler.
    ///
    /// The `Int` is the time limit in seconds; nil for none. The future belongs to that event loop.
    let connect: (UpstreamAddress, UpstreamConnection, Int?, any EventLoop) -> EventLoopFuture<Void>

    /// Connects sockets.
    static var sockets: UpstreamConnector {
        UpstreamConnector { address, connection, timeout, eventLoop in
            let bound = NIOLoopBound(connection, eventLoop: eventLoop)
            let bootstrap = ClientBootstrap(group: eventLoop)
                .channelOption(.recvAllocator, value: ReceiveBuffers.upstream)
                .channelOption(.maxMessagesPerRead, value: 2)
                // One attempt per flush: when the first one of a request fails, none of its bytes was sent.
                .channelOption(.writeSpin, value: 0)
                .connectTimeout(timeout.map { .seconds(Int64($0)) } ?? .hours(24))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(bound.value) }
                }
            switch address {
            case .unix(let path):
                return bootstrap.connect(unixDomainSocketPath: path).map { _ in }
            case .tcp(let host, let port):
                if let address = try? SocketAddress(ipAddress: host, port: port) { return bootstrap.connect(to: address).map { _ in } }
                return bootstrap.connect(host: host, port: port).map { _ in }
            }
        }
    }
}

import Hummingbird
import NIOCore

/// What the responder knows of the connection that a request came on.
struct HTTPConnection: InitializableFromSource, Sendable {
    /// The connection's channel.
    let channel: any Channel

    init(source: ApplicationRequestContextSource) { channel = source.channel }

    /// The peer's address for logs; nil on a Unix socket.
    var peer: String? { channel.remoteAddress?.ipAddress }
}

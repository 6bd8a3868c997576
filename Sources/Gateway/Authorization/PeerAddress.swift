import NIOCore
import ProcessSupport

/// The other end of a client connection, as the kernel reports it; never taken from a header (gateway.md §5).
struct PeerAddress: Sendable, Hashable {
    /// The address without the port, for logs and per-address limits: `192.0.2.7`, `::1`, `unix`.
    let text: String

    /// Whether it is 127.0.0.0/8, `::1`, `::ffff:127.0.0.0/104` or a Unix socket.
    let isLoopback: Bool

    /// A peer for tests and for `explain`.
    init(text: String, isLoopback: Bool) {
        self.text = text
        self.isLoopback = isLoopback
    }

    /// The peer of a channel.
    ///
    /// An unknown address is no loopback address.
    init(_ address: SocketAddress?) {
        if case .unixDomainSocket? = address {
            self.init(text: "unix", isLoopback: true)
        } else if let text = address?.ipAddress {
            self.init(text: text, isLoopback: IPAddress(text)?.isLoopback ?? false)
        } else {
            self.init(text: "unknown", isLoopback: false)
        }
    }
}

import NIOCore
import ProcessSupport

/// The other end of a client connection, as the kernel reports it; never taken from a header (gateway.md §5).
struct PeerAddress: Sendable, Hashable {
    /// The address without the port: `192.0.2.7`, `::1`, `unix`.
    let text: String

    /// Whether it is 127.0.0.0/8, `::1`, `::ffff:127.0.0.0/104` or a Unix socket.
    let isLoopback: Bool

    /// The address, not IPv4-mapped; nil for a Unix socket.
    let address: IPAddress?

    /// The peer as the client that a request came from, which it is unless a trusted proxy names another.
    let client: ClientAddress

    /// A peer for tests and for `explain`.
    init(text: String, isLoopback: Bool) {
        let address = IPAddress(text)
        self.init(text: text, isLoopback: isLoopback, address)
    }

    private init(text: String, isLoopback: Bool, _ address: IPAddress?) {
        self.text = text
        self.isLoopback = isLoopback
        self.address = address?.unmapped
        client = address.map { ClientAddress($0, text: text) } ?? ClientAddress(name: text)
    }

    /// The peer of a channel.
    ///
    /// An unknown address is no loopback address.
    init(_ address: SocketAddress?) {
        if case .unixDomainSocket? = address {
            self.init(text: Self.unixSocket, isLoopback: true, nil)
        } else if let text = address?.ipAddress {
            let address = IPAddress(text)
            self.init(text: text, isLoopback: address?.isLoopback ?? false, address)
        } else {
            self.init(text: "unknown", isLoopback: false, nil)
        }
    }

    /// Whether it is a Unix socket.
    var isUnixSocket: Bool { text == Self.unixSocket }

    private static let unixSocket = "unix"
}

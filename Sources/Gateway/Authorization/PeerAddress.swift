import NIOCore

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

    /// The peer of a channel. An unknown address is no loopback address.
    init(_ address: SocketAddress?) {
        switch address {
        case .v4(let v4)?:
            text = address?.ipAddress ?? "unknown"
            isLoopback = UInt32(bigEndian: v4.address.sin_addr.s_addr) >> 24 == 127
        case .v6(let v6)?:
            text = address?.ipAddress ?? "unknown"
            isLoopback = withUnsafeBytes(of: v6.address.sin6_addr) { unsafe Self.isLoopback(v6: Array($0)) }
        case .unixDomainSocket?:
            text = "unix"
            isLoopback = true
        case nil:
            text = "unknown"
            isLoopback = false
        }
    }

    private static func isLoopback(v6 bytes: [UInt8]) -> Bool {
        guard bytes.count == 16, bytes[..<10].allSatisfy({ $0 == 0 }) else { return false }
        let mapped = bytes[10] == 0xFF && bytes[11] == 0xFF && bytes[12] == 127
        let one = bytes[10...14].allSatisfy { $0 == 0 } && bytes[15] == 1
        return mapped || one
    }
}

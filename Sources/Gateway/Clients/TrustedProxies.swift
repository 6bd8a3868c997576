import ProcessSupport

/// The proxies that are believed when they say for whom they ask (`trusted_proxies`).
struct TrustedProxies: Sendable, Hashable {
    /// The word for peers at a Unix socket.
    static let unixSockets = "unix"

    /// Their addresses.
    var networks: [IPNetwork] = []
    /// Whether who connects to a Unix socket is one.
    var includesUnixSockets = false

    /// Whether nobody is believed.
    var isEmpty: Bool { networks.isEmpty && !includesUnixSockets }

    /// Whether the other end of a connection is one.
    func contains(_ peer: PeerAddress) -> Bool {
        if let address = peer.address { return contains(address) }
        return includesUnixSockets && peer.isUnixSocket
    }

    /// Whether an address, not IPv4-mapped, is that of one.
    func contains(_ address: IPAddress) -> Bool { networks.contains { $0.contains(address) } }

    /// The texts of the list.
    var texts: [String] { networks.map(\.text) + (includesUnixSockets ? [Self.unixSockets] : []) }
}

/// Which Host header values are accepted (gateway.md §10.2): IP literals, `localhost`, the host of `public_url`, and `hosts`.
///
/// Everything else would let a web page reach the gateway through a name of its own (DNS rebinding).
struct HostPolicy: Sendable {
    private let acceptsAny: Bool
    private let names: [HostName]

    /// A policy.
    ///
    /// - Parameters:
    ///   - publicURL: Its host is accepted with any port.
    ///   - hosts: Names with or without a port; without one any port is accepted; `*` accepts every well-formed value.
    init(publicURL: PublicURL?, hosts: [String]) {
        acceptsAny = hosts.contains("*")
        names = hosts.compactMap(HostName.init) + [publicURL?.host, "localhost"].compactMap { $0.flatMap(HostName.init) }
    }

    /// Whether a Host value is accepted.
    func accepts(_ value: String) -> Bool {
        guard let host = HostName(value) else { return false }
        if acceptsAny { return true }
        return names.contains { $0.host == host.host && ($0.port == nil || $0.port == host.port) } || host.isAddress
    }
}

/// Which origins may use the gateway from a browser (gateway.md §10.2).
struct OriginPolicy: Sendable {
    private let listed: [String]
    private let acceptsLoopback: Bool

    /// A policy.
    ///
    /// - Parameters:
    ///   - publicURL: Its origin is accepted.
    ///   - origins: Further ones, exact.
    ///   - listenerIsLoopback: Then loopback origins of any port are accepted too.
    init(publicURL: PublicURL?, origins: [String], listenerIsLoopback: Bool) {
        listed = origins + (publicURL.map { [$0.origin] } ?? [])
        acceptsLoopback = listenerIsLoopback
    }

    /// Whether one Origin value is accepted.
    func accepts(_ origin: String) -> Bool {
        if listed.contains(where: { ExactText.same($0, origin) }) { return true }
        guard acceptsLoopback else { return false }
        for scheme in ["http://", "https://"] where origin.utf8.starts(with: scheme.utf8) {
            return HostName(String(origin.dropFirst(scheme.count)))?.isLoopback ?? false
        }
        return false
    }
}

/// The state of a service as `/readyz` and `/status` show it (gateway.md §10.1).
enum ServiceState: String, Sendable, Hashable {
    case starting, ready, restarting, failed, unreachable, draining

    /// Whether a request may be sent to it.
    ///
    /// An unreachable upstream is tried all the same: the attempt is what finds it again.
    var acceptsRequests: Bool {
        switch self {
        case .ready, .unreachable: true
        case .starting, .restarting, .failed, .draining: false
        }
    }
}

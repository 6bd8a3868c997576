/// Where a service's server listens.
enum UpstreamAddress: Sendable, Hashable {
    /// An IP address or name, without brackets, and a port.
    case tcp(host: String, port: Int)
    /// The absolute path of a Unix socket.
    case unix(path: String)

    /// The value of the Host header of forwarded requests.
    var hostHeader: String {
        switch self {
        case .tcp(let host, let port): host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix: "localhost"
        }
    }
}

/// A service's server at this moment.
struct Upstream: Sendable, Hashable {
    /// The service's name in the manifest.
    let service: String
    /// Where it listens; nil while a managed child has no port yet.
    let address: UpstreamAddress?
    /// Whether it can be used.
    let state: ServiceState
}

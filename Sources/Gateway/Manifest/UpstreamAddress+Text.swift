extension UpstreamAddress {
    /// The longest path of a Unix socket that the system takes, in bytes.
    static let longestSocketPath = 107

    /// Parses `http://host:port` (no path) or `unix:/absolute/path`.
    init?(_ text: String) {
        if text.utf8.starts(with: "unix:".utf8) {
            let path = String(text.dropFirst(5))
            guard path.utf8.first == UInt8(ascii: "/"), (2...Self.longestSocketPath).contains(path.utf8.count), !path.utf8.contains(0)
            else {
                return nil
            }
            self = .unix(path: path)
            return
        }
        guard text.utf8.starts(with: "http://".utf8), let name = HostName(String(text.dropFirst(7))), let port = name.port, port > 0 else {
            return nil
        }
        self = .tcp(host: name.host.hasPrefix("[") ? String(name.host.dropFirst().dropLast()) : name.host, port: port)
    }

    /// The address as the manifest writes it.
    var text: String {
        switch self {
        case .tcp: "http://\(hostHeader)"
        case .unix(let path): "unix:\(path)"
        }
    }

    /// Whether nobody else can listen on the way to it.
    var isLoopback: Bool {
        switch self {
        case .tcp(let host, _): HostName(host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host)?.isLoopback ?? false
        case .unix: true
        }
    }
}

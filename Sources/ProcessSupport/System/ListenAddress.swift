/// What a server listens on: an IP address or `localhost` with a port, or a Unix socket (servers.md §7.1, gateway.md §4).
package struct ListenAddress: Sendable, Hashable {
    /// The kind of address.
    package enum Endpoint: Sendable, Hashable {
        /// An IP address or `localhost`, and a port; 0 is any free one.
        case tcp(host: String, port: Int)
        /// The absolute path of a Unix socket.
        case unix(path: String)
    }

    /// An address that cannot be listened on; says what is accepted.
    package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is accepted.
        package let message: String

        package var description: String { message }
    }

    /// The longest path of a Unix socket in bytes.
    package static let longestPath = 107

    /// The address in its parts.
    package let endpoint: Endpoint

    /// Parses a host: an IPv4 or IPv6 address (also in brackets), `localhost`, or `unix:/absolute/path`, which needs no port.
    package init(_ host: String, port: Int) throws(Failure) {
        let host = host.trimmed
        if host.hasPrefix("unix:") {
            endpoint = .unix(path: try Self.socketPath(String(host.dropFirst(5))))
            return
        }
        guard (0...65535).contains(port) else { throw Failure(message: "the port must be from 0 to 65535") }
        let bare = host.hasPrefix("[") && host.hasSuffix("]") && host.contains(":") ? String(host.dropFirst().dropLast()) : host
        if bare.lowercased().isIdentical(to: "localhost") {
            endpoint = .tcp(host: "localhost", port: port)
        } else if IPAddress(bare) != nil {
            endpoint = .tcp(host: bare, port: port)
        } else {
            throw Failure(message: "must be an IPv4 or IPv6 address, localhost, or unix:/absolute/path")
        }
    }

    /// Whether only this machine can connect: 127.0.0.0/8, `::1`, `localhost`, a Unix socket.
    package var isLoopback: Bool {
        switch endpoint {
        case .unix: true
        case .tcp(let host, _): host == "localhost" || IPAddress(host)?.isLoopback == true
        }
    }

    /// The address to bind: `127.0.0.1` for `localhost`, whatever the machine's tables say; nil for a Unix socket.
    package var bindHost: String? {
        guard case .tcp(let host, _) = endpoint else { return nil }
        return host == "localhost" ? "127.0.0.1" : host
    }

    private static func socketPath(_ path: String) throws(Failure) -> String {
        guard path.hasPrefix("/"), path.utf8.count > 1, !path.hasSuffix("/"), !path.utf8.contains(0) else {
            throw Failure(message: "a Unix socket is given as unix:/absolute/path")
        }
        guard path.utf8.count <= longestPath else {
            throw Failure(message: "the path of a Unix socket has at most \(longestPath) bytes")
        }
        return path
    }
}

extension ListenAddress: CustomStringConvertible {
    /// `127.0.0.1:8000`, `[::1]:8000`, `unix:/path`.
    package var description: String {
        switch endpoint {
        case .unix(let path): "unix:\(path)"
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }
}

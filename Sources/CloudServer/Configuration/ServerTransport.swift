package import ProcessSupport

/// How a server is reached (servers.md §6).
package enum ServerTransport: Sendable, Hashable {
    /// One client on stdin and stdout.
    case stdio
    /// A listener with all HTTP transports; `name` is the one that was asked for and makes no difference.
    case http(ListenAddress, name: String)

    /// The word of `MCP_TRANSPORT`.
    package var name: String {
        switch self {
        case .stdio: "stdio"
        case .http(_, let name): name
        }
    }
}

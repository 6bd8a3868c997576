/// The endpoints of a server that can be reached from outside (gateway.md §8.3), each also with one final `/`.
enum Endpoint: Sendable, Hashable, CaseIterable {
    /// Streamable HTTP.
    case mcp
    /// The stream of HTTP+SSE.
    case sse
    /// The messages of HTTP+SSE.
    case messages

    /// The path below the mount.
    var path: String {
        switch self {
        case .mcp: "/mcp"
        case .sse: "/sse"
        case .messages: "/messages"
        }
    }

    /// The methods that are forwarded.
    var methods: [String] {
        switch self {
        case .mcp: ["GET", "POST", "DELETE"]
        case .sse: ["GET"]
        case .messages: ["POST"]
        }
    }

    /// The endpoint at a canonical path from which the mount was removed; nil when nothing is there.
    init?(path: Substring) {
        switch path {
        case "/mcp", "/mcp/": self = .mcp
        case "/sse", "/sse/": self = .sse
        case "/messages", "/messages/": self = .messages
        default: return nil
        }
    }
}

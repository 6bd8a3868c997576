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
        let bytes = path.utf8.last == UInt8(ascii: "/") ? path.utf8.dropLast() : path.utf8
        guard let endpoint = Self.allCases.first(where: { $0.path.utf8.elementsEqual(bytes) }) else { return nil }
        self = endpoint
    }
}

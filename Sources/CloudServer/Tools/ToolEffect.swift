package import MCP

/// What a tool does to the world; becomes its four hints (servers.md §4).
package enum ToolEffect: Sendable, Hashable {
    /// It changes nothing.
    case reads
    /// It may change something.
    case changes(destructive: Bool, idempotent: Bool)

    /// All four hints.
    ///
    /// `openWorldHint` is always true because results carry text that other people wrote.
    package var annotations: ToolAnnotations {
        switch self {
        case .reads:
            ToolAnnotations(readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true)
        case .changes(let destructive, let idempotent):
            ToolAnnotations(readOnlyHint: false, destructiveHint: destructive, idempotentHint: idempotent, openWorldHint: true)
        }
    }
}

public import JSONRPC

/// Hints about a tool's behaviour (from 2025-03-26).
///
/// A client must not trust them.
public struct ToolAnnotations: Sendable, Hashable {
    /// Whether the tool changes nothing.
    public var readOnlyHint: Bool
    /// Whether a change may destroy something.
    public var destructiveHint: Bool
    /// Whether repeating the call with the same arguments has no further effect.
    public var idempotentHint: Bool
    /// Whether the tool reaches entities outside the server.
    public var openWorldHint: Bool

    /// All four hints; none is left to a default.
    public init(readOnlyHint: Bool, destructiveHint: Bool, idempotentHint: Bool, openWorldHint: Bool) {
        self.readOnlyHint = readOnlyHint
        self.destructiveHint = destructiveHint
        self.idempotentHint = idempotentHint
        self.openWorldHint = openWorldHint
    }

    /// The wire form.
    public func json(title: String?) -> JSONValue {
        var object: JSONObject = [:]
        object.set("title", title.map(JSONValue.string))
        object["readOnlyHint"] = .bool(readOnlyHint)
        object["destructiveHint"] = .bool(destructiveHint)
        object["idempotentHint"] = .bool(idempotentHint)
        object["openWorldHint"] = .bool(openWorldHint)
        return .object(object)
    }
}

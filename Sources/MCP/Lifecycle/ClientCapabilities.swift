public import JSONRPC

/// What a client can do for the server.
///
/// Everything that is not declared is absent.
public struct ClientCapabilities: Sendable, Hashable {
    /// The capabilities as the client sent them.
    public let json: JSONObject

    /// No capabilities.
    public init() { json = [:] }

    /// Capabilities as sent.
    public init(_ json: JSONObject) { self.json = json }

    /// Whether the client answers `sampling/createMessage`.
    public var sampling: Bool { json["sampling"]?.objectValue != nil }

    /// Whether the client answers `roots/list`.
    public var roots: Bool { json["roots"]?.objectValue != nil }

    /// Whether the client can show a form: `elicitation` with `form`, or without any mode.
    public var formElicitation: Bool {
        guard let modes = json["elicitation"]?.objectValue else { return false }
        return modes["form"]?.objectValue != nil || modes["url"] == nil
    }

    /// Whether the client can send its user to a URL.
    public var urlElicitation: Bool { json["elicitation"]?["url"]?.objectValue != nil }
}

public import JSONRPC

/// What a server offers, derived from what is registered; never more than that.
public struct ServerCapabilities: Sendable, Hashable {
    /// Whether there are tools.
    public var tools: Bool

    /// Capabilities.
    public init(tools: Bool) { self.tools = tools }

    /// The wire form.
    public func json(_ revision: ProtocolRevision) -> JSONValue {
        var object: JSONObject = [:]
        if tools { object["tools"] = [:] }
        return .object(object)
    }
}

public import JSONRPC

/// What a server offers, derived from what is registered; never more than that.
public struct ServerCapabilities: Sendable, Hashable {
    /// Whether there are tools.
    public var tools: Bool
    /// Whether there are prompts.
    public var prompts: Bool
    /// Whether there are resources.
    public var resources: Bool
    /// Whether arguments can be completed.
    public var completions: Bool
    /// Whether handlers log to the client.
    public var logging: Bool
    /// Whether changes of the lists and of resources are announced.
    public var announcements: Bool

    /// Capabilities.
    public init(tools: Bool, prompts: Bool, resources: Bool, completions: Bool, logging: Bool, announcements: Bool) {
        self.tools = tools
        self.prompts = prompts
        self.resources = resources
        self.completions = completions
        self.logging = logging
        self.announcements = announcements
    }

    /// The wire form.
    public func json(_ revision: ProtocolRevision) -> JSONValue {
        let list: JSONObject = announcements ? ["listChanged": true] : [:]
        var object: JSONObject = [:]
        if logging { object["logging"] = [:] }
        if completions, revision >= .v2025_03_26 { object["completions"] = [:] }
        if prompts { object["prompts"] = .object(list) }
        if resources { object["resources"] = announcements ? ["subscribe": true, "listChanged": true] : [:] }
        if tools { object["tools"] = .object(list) }
        return .object(object)
    }
}

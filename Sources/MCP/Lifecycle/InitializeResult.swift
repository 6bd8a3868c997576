public import JSONRPC

/// The answer to `initialize`.
public struct InitializeResult: Sendable {
    /// The revision that the session speaks from now on.
    public var revision: ProtocolRevision
    /// What the server offers.
    public var capabilities: ServerCapabilities
    /// Who the server is.
    public var serverInfo: Implementation
    /// Guidance for the model, if any.
    public var instructions: String?

    /// A result.
    public init(revision: ProtocolRevision, capabilities: ServerCapabilities, serverInfo: Implementation, instructions: String?) {
        self.revision = revision
        self.capabilities = capabilities
        self.serverInfo = serverInfo
        self.instructions = instructions
    }

    /// The wire form.
    public var json: JSONValue {
        var object: JSONObject = [
            "protocolVersion": .string(revision.rawValue),
            "capabilities": capabilities.json(revision),
            "serverInfo": serverInfo.json(revision),
        ]
        object.set("instructions", instructions.map(JSONValue.string))
        return .object(object)
    }
}

public import JSONRPC

/// `initialize`: the first request of a session in the revisions up to 2025-11-25.
public struct InitializeRequest: Sendable, Hashable {
    /// The method's name.
    public static let method = "initialize"

    /// The revision that the client asks for.
    public var protocolVersion: String
    /// What the client can do.
    public var capabilities: ClientCapabilities
    /// Who the client says it is.
    public var clientInfo: Implementation

    /// Reads the parameters.
    ///
    /// - Throws: `-32602` naming the parameter that is missing or of the wrong type.
    public init(params: JSONObject?) throws(JSONRPCError) {
        guard let params else { throw .invalidParams("initialize needs params") }
        guard let version = params["protocolVersion"]?.stringValue else {
            throw .invalidParams("params.protocolVersion must be a string", data: ["supported": Self.supported])
        }
        guard let capabilities = params["capabilities"]?.objectValue else {
            throw .invalidParams("params.capabilities must be an object")
        }
        guard let info = params["clientInfo"].flatMap(Implementation.init) else {
            throw .invalidParams("params.clientInfo must be an object with the strings name and version")
        }
        protocolVersion = version
        self.capabilities = ClientCapabilities(capabilities)
        clientInfo = info
    }

    private static var supported: JSONValue { .array(ProtocolRevision.legacy.map { .string($0.rawValue) }) }
}

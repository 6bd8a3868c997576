public import JSONRPC

/// What every request of 2026-07-28 says of its sender, in `params._meta`.
public struct RequestMetadata: Sendable {
    /// The key of the revision.
    public static let protocolVersionKey = "io.modelcontextprotocol/protocolVersion"
    /// The key of the client's capabilities.
    public static let clientCapabilitiesKey = "io.modelcontextprotocol/clientCapabilities"
    /// The key of the client's name and version.
    public static let clientInfoKey = "io.modelcontextprotocol/clientInfo"
    /// The key of the log level that the request wants.
    public static let logLevelKey = "io.modelcontextprotocol/logLevel"
    /// The key of the server's name and version in results.
    public static let serverInfoKey = "io.modelcontextprotocol/serverInfo"
    /// The key of a subscription's id in its notifications.
    public static let subscriptionIDKey = "io.modelcontextprotocol/subscriptionId"

    /// The revision.
    public var protocolVersion: String
    /// What the client can do for this request.
    public var capabilities: ClientCapabilities
    /// Who the client says it is.
    public var clientInfo: Implementation?
    /// From which level on the request wants log messages; nil for none.
    public var logLevel: LoggingLevel?

    /// Whether a request claims to be of a revision with metadata, whatever else is wrong with it.
    public static func isPresent(in params: JSONObject?) -> Bool { params?["_meta"]?[protocolVersionKey] != nil }

    /// Reads the metadata.
    ///
    /// - Throws: `-32602` naming what is missing or of the wrong type.
    public init(params: JSONObject?) throws(JSONRPCError) {
        guard let meta = params?["_meta"]?.objectValue else { throw .invalidParams("params._meta is required") }
        guard let version = meta[Self.protocolVersionKey]?.stringValue else {
            throw .invalidParams("params._meta[\"\(Self.protocolVersionKey)\"] must be a string")
        }
        guard let capabilities = meta[Self.clientCapabilitiesKey]?.objectValue else {
            throw .invalidParams("params._meta[\"\(Self.clientCapabilitiesKey)\"] must be an object")
        }
        protocolVersion = version
        self.capabilities = ClientCapabilities(capabilities)
        clientInfo = meta[Self.clientInfoKey].flatMap(Implementation.init)
        if let level = meta[Self.logLevelKey] { logLevel = try LoggingLevel(json: level) }
    }
}

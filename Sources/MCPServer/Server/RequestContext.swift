public import AuthCommon
public import JSONRPC
public import MCP

/// What a handler knows about the request that it serves.
///
/// Cancellation is the cancellation of the task.
public struct RequestContext: Sendable {
    /// The revision that the client speaks.
    public let revision: ProtocolRevision
    /// Who the client says it is.
    ///
    /// Never a basis for a decision.
    public let clientInfo: Implementation?
    /// What the client can do for the server.
    public let clientCapabilities: ClientCapabilities
    /// The request's id, unique only within its session and only while it runs.
    public let requestID: RequestID
    /// Where the message came from.
    public let origin: MessageOrigin
    /// The token for progress, if the client wants any.
    public var progressToken: JSONValue? { progress?.token }

    private let progress: ProgressReporter?

    /// A context.
    public init(
        revision: ProtocolRevision,
        clientInfo: Implementation?,
        clientCapabilities: ClientCapabilities,
        requestID: RequestID,
        origin: MessageOrigin,
        progressToken: JSONValue? = nil,
        sink: any MessageSink = DiscardingSink()
    ) {
        self.revision = revision
        self.clientInfo = clientInfo
        self.clientCapabilities = clientCapabilities
        self.requestID = requestID
        self.origin = origin
        progress = progressToken.map { ProgressReporter(token: $0, revision: revision, sink: sink) }
    }

    /// Who sent the message; nil when nobody could be established.
    public var identity: Identity? { origin.identity }

    /// How the message arrived.
    public var transport: TransportKind { origin.transport }

    /// The request id that a gateway in front gave it.
    public var gatewayRequestID: String? { origin.gatewayRequestID }

    /// The peer's address.
    public var peer: String? { origin.peer }

    /// Tells the client how far the request has come.
    ///
    /// Does nothing when the client did not ask for progress or when the value did not grow.
    public func reportProgress(_ progress: Double, total: Double? = nil, message: String? = nil) async {
        await self.progress?.report(progress, total: total, message: message)
    }
}

public import AuthCommon

/// Where one message came from.
///
/// Identity belongs to the message, never to the session that carries it.
public struct MessageOrigin: Sendable {
    /// Who sent the message; nil when nobody could be established.
    public var identity: Identity?
    /// How it arrived.
    public var transport: TransportKind
    /// The request id that a gateway in front gave it, for correlation in logs.
    public var gatewayRequestID: String?
    /// The id of the trace that it belongs to (W3C Trace Context), for correlation in logs.
    public var traceID: String?
    /// The peer's address, for logs.
    public var peer: String?

    /// An origin.
    public init(
        identity: Identity?,
        transport: TransportKind,
        gatewayRequestID: String? = nil,
        traceID: String? = nil,
        peer: String? = nil
    ) {
        self.identity = identity
        self.transport = transport
        self.gatewayRequestID = gatewayRequestID
        self.traceID = traceID
        self.peer = peer
    }
}

/// The transports of the published revisions.
public enum TransportKind: String, Sendable, Hashable {
    /// Lines on stdin and stdout.
    case stdio
    /// HTTP+SSE of 2024-11-05.
    case sse
    /// Streamable HTTP.
    case streamableHTTP = "streamable-http"
}

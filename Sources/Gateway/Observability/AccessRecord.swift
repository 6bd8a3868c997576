import AuthCommon

/// What one request leaves in the log and in the metrics: exactly one of `access` and `auth-rejected` (gateway.md §13).
struct AccessRecord: Sendable {
    /// The request id, the client's or a new one.
    var requestID: String
    /// The mount's service, where there is one.
    var service: String?
    /// The method.
    var method: String
    /// The path without the query.
    var path: String
    /// The status that was sent; 0 when the client left before there was one.
    var status: Int
    /// From the complete request head to the end of the response.
    var duration: Duration
    /// Who called, as soon as it is known.
    var identity: Identity?
    /// The `jti` of the caller's token, where it has one.
    var tokenID: String?
    /// The trace that the request belongs to (W3C Trace Context).
    var traceID: String?
    /// The tool that is called, where the client says so in `Mcp-Name` (from 2026-07-28 on).
    ///
    /// A claim that the server checks; for logs and figures only.
    var tool: String?
    /// The address that the request came from, as far as it is known.
    var client: ClientAddress
    /// Bytes of the request body.
    var bytesIn: Int = 0
    /// Bytes of the response body.
    var bytesOut: Int = 0
    /// Whether the response was not completed, by whichever side.
    var aborted = false
    /// The refusal that answered the request, where there was one.
    var refusal: Refusal?
}

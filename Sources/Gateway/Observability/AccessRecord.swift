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
    /// Who was connected.
    var peer: PeerAddress
    /// Bytes of the request body.
    var bytesIn: Int = 0
    /// Bytes of the response body.
    var bytesOut: Int = 0
    /// Whether the response was not completed, by whichever side.
    var aborted = false
    /// The refusal that answered the request, where there was one.
    var refusal: Refusal?
}

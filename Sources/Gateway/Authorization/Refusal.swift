import JSONRPC

/// A request that is answered with an error of the gateway (gateway.md §10.1): `{"error":"<reason>","status":<n>}`.
///
/// The proxy uses the same type for its own refusals (limits, sessions, upstream failures).
struct Refusal: Error, Sendable, Hashable {
    /// Which of the two log events the request leaves (gateway.md §13).
    enum Kind: Sendable, Hashable {
        /// Authentication or authorisation said no: `auth-rejected`.
        case authentication
        /// Everything else: `access`.
        case other
    }

    /// The status code.
    let status: Int
    /// The reason, for the body, the logs and the metrics' label up to the first `:`.
    let reason: String
    /// Decides between the log events.
    let kind: Kind
    /// Header fields beside `Content-Type` and `Cache-Control`: `WWW-Authenticate`, `Allow`, `Retry-After`.
    var headers: [LocalResponse.Field]
    /// Whether the connection is closed after the answer, because the rest of it cannot be trusted (gateway.md §10.3).
    var closesConnection: Bool

    /// A refusal.
    init(
        _ status: Int,
        _ reason: String,
        kind: Kind = .other,
        headers: [LocalResponse.Field] = [],
        closesConnection: Bool = false
    ) {
        self.status = status
        self.reason = reason
        self.kind = kind
        self.headers = headers
        self.closesConnection = closesConnection
    }

    /// A refusal that says when to come back.
    ///
    /// `Retry-After` is in whole seconds, at least 1 (gateway.md §10.1).
    static func retryable(_ status: Int, _ reason: String, after seconds: Double) -> Refusal {
        let whole = seconds.isFinite ? Int(min(max(seconds.rounded(.up), 1), 86_400)) : 1
        return Refusal(status, reason, headers: [.init("Retry-After", String(whole))])
    }

    /// The bounded part of the reason, for metrics: `jwt-invalid`, `path-rbac`, `not-found`.
    var code: String { String(reason.prefix { $0 != ":" && $0 != "=" }) }

    /// What goes to the client.
    var response: LocalResponse {
        let body: JSONObject = ["error": .string(reason), "status": .int(status)]
        return .json(status, body.bytes(), headers: [.init("Cache-Control", "no-store")] + headers)
    }
}

/// What the decisions of gateway.md §6, steps 2–8, are made from; nothing else of a request can influence them.
///
/// The proxy has checked step 1 before (well-formed HTTP, exactly one Host).
struct RequestFacts: Sendable {
    /// The method, case-sensitive.
    var method: String
    /// The request target as it stands in the request line.
    var target: String
    /// The value of the one Host header.
    var host: String
    /// The values of all Origin headers.
    var origins: [String] = []
    /// The values of all Authorization headers.
    var authorization: [String] = []
    /// Whether `Forwarded`, `X-Forwarded-*` or `X-Real-IP` is present, in any spelling including `_` for `-`.
    var forwardedHeaderPresent = false
    /// `Access-Control-Request-Method`, which makes an `OPTIONS` request a preflight.
    var requestedMethod: String?
    /// The values of all `Access-Control-Request-Headers`.
    var requestedHeaders: [String] = []
    /// Who is connected.
    var peer: PeerAddress

    /// The facts of a request without header fields.
    init(method: String, target: String, host: String, peer: PeerAddress) {
        self.method = method
        self.target = target
        self.host = host
        self.peer = peer
    }
}

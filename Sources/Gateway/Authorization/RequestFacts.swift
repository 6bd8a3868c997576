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

    /// Takes the facts out of the header fields in one pass.
    ///
    /// `HTTPHeaders` and arrays of pairs both fit.
    init(method: String, target: String, fields: some Sequence<(name: String, value: String)>, peer: PeerAddress) {
        self.init(method: method, target: target, host: "", peer: peer)
        for (name, value) in fields { note(name, value) }
    }

    private mutating func note(_ name: String, _ value: String) {
        switch name.utf8.count {
        case 4 where FieldName.same(name, "host"): host = value
        case 6 where FieldName.same(name, "origin"): origins.append(value)
        case 13 where FieldName.same(name, "authorization"): authorization.append(value)
        case 29 where FieldName.same(name, "access-control-request-method"): requestedMethod = value
        case 30 where FieldName.same(name, "access-control-request-headers"): requestedHeaders.append(value)
        default: break
        }
        if !forwardedHeaderPresent, FieldName.isForwarding(name) { forwardedHeaderPresent = true }
    }
}

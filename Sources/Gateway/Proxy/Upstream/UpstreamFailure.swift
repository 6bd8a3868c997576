/// How a request to an upstream failed before there was a usable response (gateway.md §9.5).
enum UpstreamFailure: Error, Sendable, Hashable {
    /// No connection, or none that lasted until a response.
    case unreachable
    /// Something that is no HTTP response, with a stable word for the log.
    case invalidResponse(String)
    /// The server refused the identity assertion.
    case rejectedIdentity
    /// No response head in time.
    case timeout

    /// The answer for the client.
    ///
    /// It never names the upstream's address.
    var refusal: Refusal {
        switch self {
        case .unreachable: Refusal(502, "upstream-unreachable")
        case .invalidResponse: Refusal(502, "upstream-invalid-response")
        case .rejectedIdentity: Refusal(502, "upstream-rejected-identity")
        case .timeout: Refusal(504, "upstream-timeout")
        }
    }

    /// Whether nothing came back: the upstream is dead or hangs.
    var isSilence: Bool {
        switch self {
        case .unreachable, .timeout: true
        case .invalidResponse, .rejectedIdentity: false
        }
    }

    /// For the log.
    var reason: String {
        switch self {
        case .unreachable: "upstream-unreachable"
        case .invalidResponse(let why): "upstream-invalid-response:\(why)"
        case .rejectedIdentity: "upstream-rejected-identity"
        case .timeout: "upstream-timeout"
        }
    }
}

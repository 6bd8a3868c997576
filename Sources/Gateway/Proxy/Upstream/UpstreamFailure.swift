import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How a request to an upstream failed before there was a usable response (gateway.md §9.5).
enum UpstreamFailure: Error, Sendable, Hashable {
    /// No connection, or none that lasted until a response.
    case unreachable
    /// The gateway itself has no descriptor, port or memory left for another connection.
    case exhausted
    /// Something that is no HTTP response, with a stable word for the log.
    case invalidResponse(String)
    /// The server refused the identity assertion.
    case rejectedIdentity
    /// No response head in time.
    case timeout

    /// Why a connection could not be opened.
    init(connecting error: any Error) {
        self =
            switch (error as? IOError)?.errnoCode {
            case EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL: .exhausted
            default: .unreachable
            }
    }

    /// The answer for the client.
    ///
    /// It never names the upstream's address.
    var refusal: Refusal {
        switch self {
        case .unreachable: Refusal(502, "upstream-unreachable")
        case .exhausted: .retryable(503, "gateway-exhausted", after: 1)
        case .invalidResponse: Refusal(502, "upstream-invalid-response")
        case .rejectedIdentity: Refusal(502, "upstream-rejected-identity")
        case .timeout: Refusal(504, "upstream-timeout")
        }
    }

    /// What a failure says about the upstream.
    enum Verdict: Sendable { case silent, alive, none }

    /// Whether the upstream is dead or hangs, whether something came back, or whether it was not even asked.
    var verdict: Verdict {
        switch self {
        case .unreachable, .timeout: .silent
        case .invalidResponse, .rejectedIdentity: .alive
        case .exhausted: .none
        }
    }

    /// For the log.
    var reason: String {
        switch self {
        case .unreachable: "upstream-unreachable"
        case .exhausted: "gateway-exhausted"
        case .invalidResponse(let why): "upstream-invalid-response:\(why)"
        case .rejectedIdentity: "upstream-rejected-identity"
        case .timeout: "upstream-timeout"
        }
    }
}

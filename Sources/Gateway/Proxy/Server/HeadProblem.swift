/// Why there is no head to decide about (gateway.md §6, step 1; §10.3; §11).
enum HeadProblem: Sendable, Hashable {
    /// It is not well formed.
    case malformed(MalformedHead)
    /// It is larger than `header_bytes`.
    case tooLarge
    /// It is not complete in `header_timeout` seconds.
    case timeout

    /// The answer.
    ///
    /// The connection is closed after every one of them.
    var refusal: Refusal {
        switch self {
        case .malformed(.targetTooLong): Refusal(414, "target-too-long", closesConnection: true)
        case .malformed(.tooManyFields), .tooLarge: Refusal(431, "headers-too-large", closesConnection: true)
        case .malformed(let problem): Refusal(400, "malformed-http:\(problem.rawValue)", closesConnection: true)
        case .timeout: Refusal(408, "request-timeout", closesConnection: true)
        }
    }
}

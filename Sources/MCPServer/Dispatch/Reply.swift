import JSONRPC

/// What becomes of one incoming payload.
enum Reply: Sendable {
    /// Nothing is sent back.
    case nothing
    /// The answer is here.
    case ready(JSONValue)
    /// Work has begun and is registered with the session; the closure waits for the answer, nil if it was cancelled.
    case pending(@Sendable () async -> JSONValue?)

    /// An error that belongs to no request.
    static func refusal(_ error: JSONRPCError, id: RequestID? = nil) -> Reply {
        .ready(JSONRPCResponse(id: id, error: error).json)
    }

    /// The answer, waited for if need be.
    func value() async -> JSONValue? {
        switch self {
        case .nothing: nil
        case .ready(let value): value
        case .pending(let wait): await wait()
        }
    }
}

public import JSONRPC
import MCP

/// A state that came back and was found genuine, of this call and this caller, and not expired.
public struct RequestState: Sendable, Hashable {
    /// What was sealed.
    public let content: JSONObject
    /// Names this state among all that are ever sealed.
    ///
    /// Where a state must not be used twice, remember it until ``expires``.
    public let nonce: String
    /// When the state ends, in seconds since 1970.
    public let expires: Int64
}

/// Why a state that came back is worth nothing.
public enum RequestStateError: Error, Sendable, Hashable {
    /// It was altered, made for another call, caller or server, or its key is gone; nobody is told which.
    case invalid
    /// It was genuine once.
    case expired

    /// What the client is told (mcp.md §3.2).
    public var jsonRPC: JSONRPCError {
        switch self {
        case .invalid: .invalidParams("params.requestState was not issued for this request")
        case .expired: .invalidParams("params.requestState has expired: send the request again without it")
        }
    }
}

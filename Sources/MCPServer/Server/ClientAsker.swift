public import JSONRPC
public import MCP

/// Sends requests to the client of a session and waits for the answers.
public protocol ClientAsker: Sendable {
    /// The results by key.
    ///
    /// - Throws: ``InputFailure``, or `CancellationError`.
    func ask(_ requests: [(key: String, request: InputRequest)], timeout: Duration) async throws -> JSONObject
}

/// A client that cannot be asked anything.
public struct DeafClient: ClientAsker {
    /// A client.
    public init() {}

    /// Fails.
    public func ask(_ requests: [(key: String, request: InputRequest)], timeout: Duration) async throws -> JSONObject {
        throw InputFailure.gone
    }
}

/// Why a question to the client got no answer.
public enum InputFailure: Error, Sendable, Hashable {
    /// The client did not declare the capability.
    case unsupported(String)
    /// The client answered with an error.
    case refused(JSONRPCError)
    /// The client did not answer in time.
    case timedOut
    /// The session ended.
    case gone
}

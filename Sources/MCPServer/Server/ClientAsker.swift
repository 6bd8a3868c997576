public import AuthCommon
public import JSONRPC
public import MCP

/// Sends requests to the client of a session and waits for the answers.
public protocol ClientAsker: Sendable {
    /// The results by key, and who sent them.
    ///
    /// - Throws: ``InputFailure``, or `CancellationError`.
    func ask(_ requests: [(key: String, request: InputRequest)], timeout: Duration) async throws -> InputAnswers
}

/// What the client answered to questions.
public struct InputAnswers: Sendable, Hashable {
    /// The results by key.
    public var byKey: JSONObject
    /// Who sent the message with the (last) answer, with the roles held then; nil when nobody could be established.
    ///
    /// In the legacy era that message is another one than the call that asked.
    public var identity: Identity?

    /// Answers.
    public init(byKey: JSONObject, identity: Identity?) {
        self.byKey = byKey
        self.identity = identity
    }
}

/// A client that cannot be asked anything.
public struct DeafClient: ClientAsker {
    /// A client.
    public init() {}

    /// Fails.
    public func ask(_ requests: [(key: String, request: InputRequest)], timeout: Duration) async throws -> InputAnswers {
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
    /// The session ended, or the client has not left a way to ask.
    case gone
}

package import JSONRPC

/// A message without a usable identity, as it is answered over HTTP (servers.md §5.1).
public struct AuthenticationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The HTTP status.
    public let status: Int
    /// The reason, a word of the specification, for example `missing-identity`.
    public let reason: String

    /// A refusal with this status and reason.
    public init(status: Int, reason: String) {
        self.status = status
        self.reason = reason
    }

    /// Status and reason.
    public var description: String { "\(status) \(reason)" }
}

extension AuthenticationError {
    /// The value of `WWW-Authenticate` that goes with the answer.
    package static let challenge = "Bearer"

    /// A key is configured and the request has no assertion.
    package static let missingIdentity = AuthenticationError(status: 401, reason: "missing-identity")

    /// The request has an assertion and no key is configured.
    package static let unverifiableIdentity = AuthenticationError(status: 401, reason: "unverifiable-identity")

    /// The assertion is refused.
    package static func invalidIdentity(_ error: AssertionError) -> AuthenticationError {
        AuthenticationError(status: 401, reason: "invalid-identity:\(error.rawValue)")
    }

    /// The body of the answer.
    package var json: JSONObject { ["error": .string(reason), "status": .int(status)] }
}

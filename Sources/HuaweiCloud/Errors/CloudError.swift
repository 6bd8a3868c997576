/// What went wrong in the cloud or on the way to it: exactly the members of the envelope's `error` (servers.md §1).
package struct CloudError: Error, Sendable, Hashable {
    /// A code of the servers' own, the API's code, or an HTTP status as text.
    ///
    /// Opaque.
    package var code: String
    /// One sentence for a person, without control characters and secrets, at most 1,024 code points.
    package var message: String
    /// What to do next.
    package var hint: String?
    /// The request id of the answer; nil without one.
    package var requestID: String?
    /// The HTTP status of the answer; nil without an answer.
    package var statusCode: Int?
    /// Whether repeating the very same call is safe and may succeed; nil when no request was made.
    package var retryable: Bool?

    /// An error of these members.
    package init(
        code: String,
        message: String,
        hint: String? = nil,
        requestID: String? = nil,
        statusCode: Int? = nil,
        retryable: Bool? = nil
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.requestID = requestID
        self.statusCode = statusCode
        self.retryable = retryable
    }

    /// The codes that this layer makes itself (servers.md §1.1).
    package enum Code {
        /// No endpoint for the region.
        package static let unsupportedRegion = "UNSUPPORTED_REGION"
        /// IAM named no single project.
        package static let projectIDLookupFailed = "PROJECT_ID_LOOKUP_FAILED"
        /// No answer in time.
        package static let upstreamTimeout = "UPSTREAM_TIMEOUT"
        /// DNS, connection or TLS failure.
        package static let upstreamUnreachable = "UPSTREAM_UNREACHABLE"
        /// A redirect, or an answer that makes no sense.
        package static let upstreamInvalidResponse = "UPSTREAM_INVALID_RESPONSE"
        /// HTTP 429 without a code of its own.
        package static let rateLimited = "RATE_LIMITED"
        /// The credentials cannot be used to sign.
        package static let credentialsUnusable = "CREDENTIALS_UNUSABLE"
        /// The request cannot be expressed in HTTP.
        package static let requestUnsendable = "REQUEST_UNSENDABLE"
        /// The caller's task was cancelled; nobody waits for the result.
        package static let cancelled = "CANCELLED"
    }

    /// Whether the error only says that the caller's task was cancelled.
    package var isCancellation: Bool { code == Code.cancelled }

    /// The error of a call whose task was cancelled.
    package static let cancelled = CloudError(code: Code.cancelled, message: "The call was cancelled.", retryable: false)

    /// A request that could not be signed; nothing was sent.
    init(_ error: SigningError) {
        switch error {
        case .emptyAccessKey, .emptySecretKey:
            self.init(
                code: Code.credentialsUnusable,
                message: "The request cannot be signed: \(error).",
                hint: "Set HUAWEICLOUD_ACCESS_KEY_ID and HUAWEICLOUD_SECRET_ACCESS_KEY.",
                retryable: false
            )
        case .emptyPath, .malformedDate, .repeatedHeader, .malformedHeader:
            self.init(
                code: Code.requestUnsendable,
                message: "The request cannot be signed: \(error).",
                hint: "Check the configured credentials and project id for stray characters.",
                retryable: false
            )
        }
    }

    /// The hint with one more sentence; the hint as it is when the sentence is nil.
    mutating func addHint(_ sentence: String?) {
        guard let sentence else { return }
        hint = hint.map { "\($0) \(sentence)" } ?? sentence
    }
}

import HuaweiCloud

/// Why a request was refused, in the words that follow `Incorrect IAM authentication information: `.
struct AuthenticationFailure: Error, Sendable, Hashable {
    let reason: String

    /// A refusal for this reason.
    init(_ reason: String) { self.reason = reason }

    /// The gateway's words for a failed verification.
    ///
    /// Like the vendor's gateway it shows the canonical request, security token included: whoever relays this message must redact it.
    init(_ failure: SignatureVerifier.Failure) {
        reason =
            switch failure {
            case .missingAuthorization: "x-auth-token and authorization not found"
            case .malformedAuthorization: "authorization header format is invalid"
            case .malformedDate: "x-sdk-date is missing or invalid"
            case .clockSkew(let seconds): "signature expired, x-sdk-date differs from the server time by \(seconds) s"
            case .malformedSignedHeaders: "signed headers are invalid"
            case .missingSignedHeader(let name): "signed header \(name) not found"
            case .repeatedSignedHeader(let name): "signed header \(name) is repeated"
            case .unsignedHeader(let name): "header \(name) is not signed"
            case .unknownAccessKey(let key): "Get secretKey failed,ak:\(key),err:ak not exist"
            case .wrongPayloadHash: "x-sdk-content-sha256 does not match the body"
            case .wrongSignature(let canonicalRequest):
                "verify aksk signature fail, canonicalRequest:"
                    + canonicalRequest.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "|")
            }
    }
}

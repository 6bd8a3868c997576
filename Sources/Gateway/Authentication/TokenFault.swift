/// Why a token is refused.
///
/// The raw value is the reason of gateway.md §7.3.
enum TokenFault: String, Error, Sendable, Hashable {
    case decode = "jwt-invalid:DecodeError"
    case algorithm = "jwt-invalid:InvalidAlgorithmError"
    case token = "jwt-invalid:InvalidTokenError"
    case key = "jwt-invalid:InvalidKeyError"
    case signature = "jwt-invalid:InvalidSignatureError"
    case missingClaim = "jwt-invalid:MissingRequiredClaimError"
    case issuer = "jwt-invalid:InvalidIssuerError"
    case audience = "jwt-invalid:InvalidAudienceError"
    case expired = "jwt-invalid:ExpiredSignatureError"
    case immature = "jwt-invalid:ImmatureSignatureError"
    case issuedAt = "jwt-invalid:InvalidIssuedAtError"
    case revoked = "jwt-revoked"
    case subject = "jwt-invalid:InvalidSubjectError"
    case missingSubject = "jwt-missing-sub: 'sub' claim is required"
}

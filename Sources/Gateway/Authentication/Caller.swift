import AuthCommon

/// An authenticated caller.
struct Caller: Sendable, Hashable {
    /// Who it is.
    let identity: Identity
    /// When everything that this token opened ends: `exp` + leeway in seconds since 1970; nil for permanent tokens and without tokens.
    let tokenDeadline: Double?
    /// Identifies the token without containing it; equal for equal tokens.
    ///
    /// The key for the reuse of assertions.
    let cacheKey: TokenDigest
    /// The token's `jti`, where it has one.
    var tokenID: String?
}

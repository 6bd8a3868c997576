import AuthCommon

/// The claims of a token whose signature and rules were checked, apart from what depends on the request: its time and its mount.
struct VerifiedToken: Sendable, Hashable {
    /// `sub`.
    let subject: String
    /// `roles`.
    let roles: [String]
    /// `tenant`, or `tid`.
    let tenant: String
    /// `aud`; empty when the token names none.
    let audiences: [String]
    /// `jti`, where there is one.
    var tokenID: String?
    /// `exp` in seconds since 1970; nil for a permanent token.
    let expiry: Double?

    /// Who the bearer is.
    var identity: Identity { Identity(subject: subject, roles: roles, tenant: tenant, tokenExpiry: expiry.map(Self.wholeSeconds)) }

    /// Whole seconds within the range that every JSON reader keeps exactly.
    private static func wholeSeconds(_ seconds: Double) -> Int64 { Int64(min(max(seconds.rounded(.down), 0), 9_007_199_254_740_991)) }
}

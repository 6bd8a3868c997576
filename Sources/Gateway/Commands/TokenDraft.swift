import FoundationEssentials
import JSONRPC

/// The claims of a token that is about to be made.
struct TokenDraft: Sendable, Hashable {
    var subject: String
    var roles: [String]
    var issuer: String
    /// Seconds since 1970.
    var issuedAt: Int
    /// Seconds since 1970; nil for a permanent token.
    var expires: Int?
    /// Empty: none.
    var tenant = ""
    /// Empty: none.
    var audience = ""
    /// Empty: none.
    var tokenID = ""

    /// The claims, in the order of gateway.md §3.
    var claims: JSONObject {
        var claims: JSONObject = [
            "sub": .string(subject), "roles": .array(roles.map(JSONValue.string)), "iss": .string(issuer), "iat": .int(issuedAt),
        ]
        claims.set("exp", expires.map(JSONValue.int))
        if !tenant.isEmpty { claims["tenant"] = .string(tenant) }
        if !audience.isEmpty { claims["aud"] = .string(audience) }
        if !tokenID.isEmpty { claims["jti"] = .string(tokenID) }
        return claims
    }

    /// What `--format json` prints.
    func report(_ token: String) -> JSONObject {
        var report: JSONObject = [
            "token": .string(token), "sub": .string(subject), "roles": .array(roles.map(JSONValue.string)), "iss": .string(issuer),
            "iat": .int(issuedAt), "exp": .optional(expires),
            "expires_at": .string(expires.map { Self.date(Double($0)) } ?? "permanent"),
        ]
        if !tenant.isEmpty { report["tenant"] = .string(tenant) }
        if !audience.isEmpty { report["aud"] = .string(audience) }
        if !tokenID.isEmpty { report["jti"] = .string(tokenID) }
        return report
    }

    /// A moment in ISO 8601, UTC.
    ///
    /// Moments outside the years 1 to 9999 are moved to the nearest one inside.
    static func date(_ seconds: Double) -> String {
        let seconds = min(max(seconds.rounded(.down), -62_135_596_800), 253_402_300_799)
        return Date(timeIntervalSince1970: seconds).formatted(.iso8601)
    }
}

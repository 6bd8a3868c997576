import AuthCommon
import JSONRPC

/// Checks tokens by the rules of gateway.md §7.3, in the order of its table.
///
/// Pure: same input, same answer.
struct TokenVerifier: Sendable {
    /// Claims larger than this would make an identity assertion that servers refuse (servers.md §5.1: at most 8 KiB), together with the
    /// longest tool policy.
    private static let maximumIdentityBytes = 4_500

    private let rules: TokenRules

    /// A verifier with these rules.
    init(_ rules: TokenRules) { self.rules = rules }

    /// Verifies a token.
    ///
    /// - Parameters:
    ///   - token: The compact form.
    ///   - keys: The keys that may have signed it.
    ///   - resources: Audiences that are accepted beside the configured ones.
    ///   - now: Seconds since 1970.
    func verify(
        _ token: some Collection<UInt8>,
        keys: VerificationKeys,
        resources: [String],
        now: Double
    ) throws(TokenFault) -> VerifiedToken {
        let compact = try CompactToken(token)
        try checkSignature(compact, keys)
        let claims = compact.claims
        try checkIssuer(claims["iss"])
        let audiences = try Self.audiences(claims["aud"])
        try checkAudience(audiences, resources: resources)
        let expiry = try self.expiry(claims["exp"])
        try checkExpiry(expiry, now: now)
        try checkBegin(claims["nbf"], now: now, notNumber: .decode)
        try checkBegin(claims["iat"], now: now, notNumber: .issuedAt)
        let verified = VerifiedToken(
            subject: try Self.subject(claims["sub"]),
            roles: try Self.roles(claims["roles"]),
            tenant: try Self.tenant(claims),
            audiences: audiences,
            tokenID: try Self.tokenID(claims["jti"]),
            expiry: expiry
        )
        try Self.checkSize(verified)
        return verified
    }

    /// Checks `aud` against the configured audiences and those of the requested mount.
    func checkAudience(_ audiences: [String], resources: [String]) throws(TokenFault) {
        if audiences.isEmpty {
            if rules.audiences.isEmpty { return }
            throw .missingClaim
        }
        let accepted = rules.audiences + resources
        guard audiences.contains(where: { audience in accepted.contains { ExactText.same($0, audience) } }) else { throw .audience }
    }

    /// Checks that a token with this `exp` has not ended.
    func checkExpiry(_ expiry: Double?, now: Double) throws(TokenFault) {
        if let deadline = deadline(expiry), now > deadline { throw .expired }
    }

    /// When everything that a token opened ends: `exp` + leeway.
    func deadline(_ expiry: Double?) -> Double? { expiry.map { $0 + Double(rules.leeway) } }

    private func checkSignature(_ token: CompactToken, _ keys: VerificationKeys) throws(TokenFault) {
        guard let algorithm = token.header["alg"]?.stringValue, ExactText.same(algorithm, "RS256") else { throw .algorithm }
        if token.header.contains("crit") { throw .token }
        try keys.verify(token)
    }

    private func checkIssuer(_ claim: JSONValue?) throws(TokenFault) {
        guard let claim else { throw .missingClaim }
        guard let issuer = claim.stringValue, ExactText.same(issuer, rules.issuer) else { throw .issuer }
    }

    private func expiry(_ claim: JSONValue?) throws(TokenFault) -> Double? {
        guard let claim else {
            if rules.allowsPermanent { return nil }
            throw .missingClaim
        }
        guard let seconds = claim.doubleValue else { throw .decode }
        return seconds
    }

    private func checkBegin(_ claim: JSONValue?, now: Double, notNumber: TokenFault) throws(TokenFault) {
        guard let claim else { return }
        guard let seconds = claim.doubleValue else { throw notNumber }
        guard seconds <= now + Double(rules.leeway) else { throw .immature }
    }

    private static func audiences(_ claim: JSONValue?) throws(TokenFault) -> [String] {
        switch claim {
        case nil: return []
        case .string(let text)?: return text.isEmpty ? [] : [text]
        case .array(let elements)?:
            var audiences: [String] = []
            for element in elements {
                guard let text = element.stringValue else { throw .audience }
                audiences.append(text)
            }
            return audiences
        default: throw .audience
        }
    }

    private static func subject(_ claim: JSONValue?) throws(TokenFault) -> String {
        guard let claim else { throw .missingSubject }
        guard let subject = claim.stringValue else { throw .subject }
        guard subject.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { throw .missingSubject }
        return subject
    }

    private static func roles(_ claim: JSONValue?) throws(TokenFault) -> [String] {
        switch claim {
        case nil, .null?: return []
        case .string(let text)?:
            let separators = text.unicodeScalars.split { $0 == "," || $0.properties.isWhitespace }
            return separators.map { String($0) }
        case .array(let elements)?:
            var roles: [String] = []
            for element in elements {
                guard let role = element.stringValue else { throw .token }
                roles.append(role)
            }
            return roles
        default: throw .token
        }
    }

    private static func tenant(_ claims: JSONObject) throws(TokenFault) -> String {
        for name in ["tenant", "tid"] {
            switch claims[name] {
            case nil, .null?: continue
            case .string(let text)?: return text
            case .number(let number)?: return number.text
            default: throw .token
            }
        }
        return ""
    }

    /// `jti` as a text; what is neither text nor number could never be revoked, and is refused.
    private static func tokenID(_ claim: JSONValue?) throws(TokenFault) -> String? {
        switch claim {
        case nil, .null?: return nil
        case .string(let text)?: return text
        case .number(let number)?: return number.text
        default: throw .token
        }
    }

    private static func checkSize(_ token: VerifiedToken) throws(TokenFault) {
        let identity: JSONObject = [
            "sub": .string(token.subject), "roles": .array(token.roles.map(JSONValue.string)), "tenant": .string(token.tenant),
        ]
        guard identity.bytes().count <= maximumIdentityBytes else { throw .token }
    }
}

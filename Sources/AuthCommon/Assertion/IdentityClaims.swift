import JSONRPC

/// The payload of an assertion whose signature is verified.
struct IdentityClaims {
    private let payload: JSONObject

    init(_ payload: JSONObject) { self.payload = payload }

    /// The identity, after all rules of servers.md §5.1 in the order in which it lists the reasons.
    ///
    /// Unknown claims are ignored.
    func identity(audience: String, now: Int64) throws(AssertionError) -> Identity {
        guard string("iss", is: IdentityAssertion.issuer) else { throw .issuer }
        guard string("aud", is: audience) else { throw .audience }
        try checkTimes(now)
        guard let subject = payload["sub"]?.stringValue, !subject.unicodeScalars.allSatisfy(\.properties.isWhitespace),
            let tenant = payload["tenant"]?.stringValue
        else { throw .claims }
        return Identity(
            subject: subject,
            roles: try roles(),
            tenant: tenant,
            tokenExpiry: try tokenExpiry(),
            toolPolicy: try toolPolicy()
        )
    }

    private func checkTimes(_ now: Int64) throws(AssertionError) {
        let tolerance = IdentityAssertion.clockTolerance
        guard let issued = integer("iat"), let expires = integer("exp") else { throw .claims }
        if expires < now - tolerance { throw .expired }
        if issued > now + tolerance { throw .notYetValid }
        let (lifetime, overflow) = expires.subtractingReportingOverflow(issued)
        guard !overflow, lifetime > 0, lifetime <= IdentityAssertion.longestLifetime else { throw .lifetime }
    }

    private func roles() throws(AssertionError) -> [String] {
        guard let values = payload["roles"]?.arrayValue else { throw .claims }
        var roles: [String] = []
        for value in values {
            guard let role = value.stringValue else { throw .claims }
            roles.append(role)
        }
        return roles
    }

    private func tokenExpiry() throws(AssertionError) -> Int64? {
        guard payload.contains("token_exp") else { return nil }
        guard let expiry = integer("token_exp") else { throw .claims }
        return expiry
    }

    /// What restricts must be understood: a malformed policy is no policy but a refusal.
    private func toolPolicy() throws(AssertionError) -> ToolPolicy? {
        guard let claim = payload["tools"] else { return nil }
        guard let policy = ToolPolicy(claim: claim) else { throw .claims }
        return policy
    }

    private func string(_ name: String, is expected: String) -> Bool {
        payload[name]?.stringValue?.utf8.elementsEqual(expected.utf8) ?? false
    }

    private func integer(_ name: String) -> Int64? { payload[name]?.intValue.map(Int64.init) }
}

package import Crypto
import JSONRPC

/// Issues identity assertions; the gateway's half of servers.md §5.1.
package struct IdentityAssertionSigner: Sendable {
    private let key: Curve25519.Signing.PrivateKey
    private let header: String

    /// A signer with this key; `keyID` becomes the header's `kid`.
    package init(privateKey: Curve25519.Signing.PrivateKey, keyID: String? = nil) {
        key = privateKey
        var header: JSONObject = ["alg": .string(IdentityAssertion.algorithm), "typ": .string(IdentityAssertion.type)]
        header.set("kid", keyID.map(JSONValue.string))
        self.header = Base64URL.encode(header.bytes())
    }

    /// The key that verifies what this signer issues.
    package var publicKey: Curve25519.Signing.PublicKey { key.publicKey }

    /// An assertion for the service of this name.
    ///
    /// Times are in seconds since 1970. Throws when the library cannot sign.
    package func sign(_ identity: Identity, audience: String, issuedAt: Int64, expires: Int64) throws -> String {
        var claims: JSONObject = [
            "iss": .string(IdentityAssertion.issuer),
            "aud": .string(audience),
            "sub": .string(identity.subject),
            "roles": .array(identity.roles.map(JSONValue.string)),
            "tenant": .string(identity.tenant),
            "iat": .int(Int(issuedAt)),
            "exp": .int(Int(expires)),
        ]
        claims.set("token_exp", identity.tokenExpiry.map { .int(Int($0)) })
        claims.set("tools", identity.toolPolicy.map { .object($0.json) })
        let input = "\(header).\(Base64URL.encode(claims.bytes()))"
        let signature = try key.signature(for: Array(input.utf8))
        return "\(input).\(Base64URL.encode(signature))"
    }
}

extension IdentityAssertionSigner: CustomStringConvertible, CustomReflectable {
    /// Nothing of the key.
    package var description: String { "identity assertion signer" }

    package var customMirror: Mirror { Mirror(self, children: []) }
}

import AuthCommon
import Crypto
import JSONRPC

/// Makes assertions as the gateway does, and ones that it never would.
struct Assertions {
    static let now: Int64 = 1_772_366_400

    let key = Curve25519.Signing.PrivateKey()

    var verifier: IdentityAssertionVerifier { IdentityAssertionVerifier(keys: [key.publicKey], audience: "ecs") }

    static var header: JSONObject { ["alg": "EdDSA", "typ": "mcp-identity+jwt"] }

    static var claims: JSONObject {
        [
            "iss": "mcp-gateway", "aud": "ecs", "sub": "alice", "roles": ["operator", "auditor"], "tenant": "acme", "iat": .int(Int(now)),
            "exp": .int(Int(now) + 60),
        ]
    }

    /// The good claims with one member replaced, or removed for nil.
    static func claims(_ name: String, _ value: JSONValue?) -> JSONObject {
        var claims = claims
        claims[name] = value
        return claims
    }

    static func header(_ name: String, _ value: JSONValue?) -> JSONObject {
        var header = header
        header[name] = value
        return header
    }

    /// A correctly signed assertion of any header and payload.
    func sign(header: JSONObject = Self.header, _ claims: JSONObject = Self.claims) throws -> String {
        try sign(header: header.bytes(), payload: claims.bytes())
    }

    func sign(header: [UInt8] = Self.header.bytes(), payload: [UInt8]) throws -> String {
        try sign(input: "\(Base64URL.encode(header)).\(Base64URL.encode(payload))")
    }

    func sign(input: String) throws -> String {
        "\(input).\(Base64URL.encode(try key.signature(for: Array(input.utf8))))"
    }
}

import AuthCommon
import Crypto
import CryptoExtras
import Foundation
import JSONRPC

@testable import Gateway

/// Tokens for tests.
///
/// The time is always ``now``.
enum TestToken {
    static let now = 1_800_000_000.0

    /// Claims that every gateway under test accepts, with changes; `null` removes a claim.
    static func claims(_ changes: JSONObject = [:]) -> JSONObject {
        var claims: JSONObject = [
            "sub": "alice", "roles": ["operator"], "iss": "mcp-gateway", "iat": .int(Int(now)), "exp": .int(Int(now) + 600),
            "aud": "mcp-gateway",
        ]
        for member in changes { claims[member.key] = member.value.isNull ? nil : member.value }
        return claims
    }

    /// A signed token.
    static func make(
        _ changes: JSONObject = [:],
        header: JSONObject = ["alg": "RS256", "typ": "JWT"],
        key: _RSA.Signing.PrivateKey? = nil
    ) throws -> String {
        try sign(header: header.text(), claims: claims(changes).text(), key: key)
    }

    /// A signed token of these texts.
    static func sign(header: String, claims: String, key: _RSA.Signing.PrivateKey? = nil) throws -> String {
        let input = "\(Base64URL.encode(header.utf8)).\(Base64URL.encode(claims.utf8))"
        let signature = try (key ?? TestKeys.trusted())
            .signature(for: SHA256.hash(data: Array(input.utf8)), padding: .insecurePKCS1v1_5)
        return "\(input).\(Base64URL.encode(signature.rawRepresentation))"
    }
}

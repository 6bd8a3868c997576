import AuthCommon
import Crypto
import CryptoExtras
import FoundationEssentials
import JSONRPC

/// Signs tokens with RS256.
struct TokenSigner: Sendable {
    /// The key.
    let key: _RSA.Signing.PrivateKey
    /// The header's `kid`.
    let keyID: String?

    /// The compact form of a token with these claims.
    func sign(_ claims: JSONObject) throws -> String {
        var header: JSONObject = ["alg": "RS256", "typ": "JWT"]
        header.set("kid", keyID.map(JSONValue.string))
        let input = "\(Base64URL.encode(header.bytes())).\(Base64URL.encode(claims.bytes()))"
        let signature = try key.signature(for: SHA256.hash(data: Array(input.utf8)), padding: .insecurePKCS1v1_5)
        return "\(input).\(Base64URL.encode(signature.rawRepresentation))"
    }
}

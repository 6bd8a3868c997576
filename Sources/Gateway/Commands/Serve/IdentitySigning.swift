import AuthCommon
import Crypto
import JSONRPC

/// The key that identity assertions are signed with, and its name.
struct IdentitySigning: Sendable {
    private let key: Curve25519.Signing.PrivateKey
    /// The key's name: its thumbprint (RFC 7638).
    let keyID: String

    /// This key, or a new one.
    init(_ key: Curve25519.Signing.PrivateKey?) {
        let key = key ?? Curve25519.Signing.PrivateKey()
        self.key = key
        let members: JSONObject = ["crv": "Ed25519", "kty": "OKP", "x": .string(Base64URL.encode(key.publicKey.rawRepresentation))]
        keyID = Base64URL.encode(SHA256.hash(data: members.bytes()))
    }

    /// What issues assertions.
    var signer: IdentityAssertionSigner { IdentityAssertionSigner(privateKey: key, keyID: keyID) }

    /// The public key, for the managed servers.
    var publicKeyPEM: String { IdentityKeys.pem(key.publicKey) }

    /// The public key, for `/identity-keys`.
    var keySet: JSONObject { AdminPages.keySet(key.publicKey, id: keyID) }
}

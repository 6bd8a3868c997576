import Crypto
import CryptoExtras
import JSONRPC

/// The keys that may have signed a token, at one moment.
struct VerificationKeys: Sendable {
    /// A key of a JWK set.
    struct Member: Sendable {
        /// Its `kid`, where it has one.
        let id: String?
        /// The key.
        let key: _RSA.Signing.PublicKey
    }

    /// The keys of `jwt.public_key`; each may verify, whatever the `kid`.
    var pinned: [_RSA.Signing.PublicKey] = []
    /// The keys of `jwt.jwks_url`; selected by `kid`.
    var set: [Member] = []

    /// Whether no token can be verified.
    var isEmpty: Bool { pinned.isEmpty && set.isEmpty }

    /// Checks the signature of a token.
    ///
    /// - Throws: ``TokenFault/key`` when no key is selected, ``TokenFault/signature`` when none of the selected ones fits.
    func verify(_ token: CompactToken) throws(TokenFault) {
        let selected = selectFromSet(token.header)
        guard !pinned.isEmpty || selected != nil else { throw .key }
        let digest = SHA256.hash(data: token.signingInput)
        let signature = _RSA.Signing.RSASignature(rawRepresentation: token.signature)
        for key in pinned + (selected.map { [$0] } ?? []) where key.isValidSignature(signature, for: digest, padding: .insecurePKCS1v1_5) {
            return
        }
        throw .signature
    }

    /// Whether the header selects a key of the set, or would not need one.
    func knows(keyOf header: JSONObject) -> Bool { !pinned.isEmpty || selectFromSet(header) != nil }

    private func selectFromSet(_ header: JSONObject) -> _RSA.Signing.PublicKey? {
        guard let id = header["kid"] else { return set.count == 1 ? set.first?.key : nil }
        guard let id = id.stringValue else { return nil }
        return set.first { $0.id.map { ExactText.same($0, id) } ?? false }?.key
    }
}

import Crypto
import CryptoExtras
import FoundationEssentials
import ProcessSupport

/// RSA keys out of PEM texts (gateway.md §1, §7.2): at least 2048 bits.
enum RSAKeys {
    /// The smallest key that is accepted, in bits.
    static let minimumBits = 2_048

    /// The public keys of a PEM text, each of which may verify.
    static func publicKeys(_ material: KeyMaterial) throws(KeySpecError) -> [_RSA.Signing.PublicKey] {
        var keys: [_RSA.Signing.PublicKey] = []
        for block in material.blocks {
            guard block.label == "PUBLIC KEY" || block.label == "RSA PUBLIC KEY" else {
                let isPrivate = block.label.hasSuffix("PRIVATE KEY")
                throw material.unusable(isPrivate ? "holds a private key where a public key belongs" : "must hold PUBLIC KEY blocks only")
            }
            guard let key = try? _RSA.Signing.PublicKey(unsafeDERRepresentation: block.bytes) else {
                throw material.unusable("holds a public key that is not RSA, or has fewer than \(minimumBits) bits")
            }
            guard key.keySizeInBits >= minimumBits else {
                throw material.unusable("holds an RSA key of \(key.keySizeInBits) bits; at least \(minimumBits) are needed")
            }
            keys.append(key)
        }
        return keys
    }

    /// The private key of a PEM text: PKCS#1 or PKCS#8.
    ///
    /// Nil when it is no RSA key of at least 2048 bits.
    static func privateKey(_ text: String) -> _RSA.Signing.PrivateKey? {
        guard let blocks = try? PEM.parse(text), blocks.count == 1, let block = blocks.first,
            block.label == "RSA PRIVATE KEY" || block.label == "PRIVATE KEY"
        else { return nil }
        return try? _RSA.Signing.PrivateKey(derRepresentation: block.bytes)
    }
}

package import Crypto
package import ProcessSupport

/// Ed25519 keys of the identity assertion in PEM: SPKI for the public, PKCS#8 for the private half (RFC 8410).
package enum IdentityKeys {
    /// The prefix of an Ed25519 SPKI; 32 bytes of key follow.
    private static let publicPrefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
    /// The prefix of an Ed25519 PKCS#8 of version 1 without attributes; 32 bytes of key follow.
    private static let privatePrefix: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]

    /// The public keys of a bundle: one or more `PUBLIC KEY` blocks and nothing else.
    package static func publicKeys(_ material: KeyMaterial) throws(KeySpecError) -> [Curve25519.Signing.PublicKey] {
        var keys: [Curve25519.Signing.PublicKey] = []
        for block in material.blocks {
            guard block.label == "PUBLIC KEY" else { throw material.unusable("must hold PUBLIC KEY blocks only\(found(block))") }
            guard block.bytes.count == publicPrefix.count + 32, block.bytes.starts(with: publicPrefix),
                let key = try? Curve25519.Signing.PublicKey(rawRepresentation: block.bytes[publicPrefix.count...])
            else { throw material.unusable("holds a public key that is not Ed25519") }
            keys.append(key)
        }
        return keys
    }

    /// The private key: exactly one `PRIVATE KEY` block.
    package static func privateKey(_ material: KeyMaterial) throws(KeySpecError) -> Curve25519.Signing.PrivateKey {
        guard material.blocks.count == 1, let block = material.blocks.first else {
            throw material.unusable("must hold exactly one PRIVATE KEY block")
        }
        guard block.label == "PRIVATE KEY" else { throw material.unusable("must hold a PRIVATE KEY block\(found(block))") }
        guard block.bytes.count == privatePrefix.count + 32, block.bytes.starts(with: privatePrefix),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: block.bytes[privatePrefix.count...])
        else { throw material.unusable("is not an Ed25519 key in PKCS#8") }
        return key
    }

    /// The public key as PEM text.
    package static func pem(_ key: Curve25519.Signing.PublicKey) -> String {
        PEM.encode(PEM.Block(label: "PUBLIC KEY", bytes: publicPrefix + key.rawRepresentation))
    }

    /// The private key as PEM text.
    package static func pem(_ key: Curve25519.Signing.PrivateKey) -> Secret {
        Secret(PEM.encode(PEM.Block(label: "PRIVATE KEY", bytes: privatePrefix + key.rawRepresentation)))
    }

    private static func found(_ block: PEM.Block) -> String {
        ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "RSA PUBLIC KEY", "CERTIFICATE", "PUBLIC KEY"].contains(block.label)
            ? ", not \(block.label)" : ""
    }
}

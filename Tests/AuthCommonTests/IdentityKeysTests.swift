import AuthCommon
import Crypto
import ProcessSupport
import Testing

@Suite struct IdentityKeysTests {
    /// RFC 8410 §10.1 and §10.3.
    private static let publicPEM = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PUBLIC KEY-----
        """
    private static let privatePEM = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----
        """

    private func material(_ text: String) throws -> KeyMaterial {
        try KeySpec(text, named: "MCP_GATEWAY_IDENTITY_PUBLIC_KEY").load(environment: Environment())
    }

    private func pem(_ label: String, _ bytes: [UInt8]) -> String { PEM.encode(PEM.Block(label: label, bytes: bytes)) }

    @Test("reads SPKI and PKCS#8 as RFC 8410 writes them")
    func vectors() throws {
        let privateKey = try IdentityKeys.privateKey(material(Self.privatePEM))
        let publicKeys = try IdentityKeys.publicKeys(material(Self.publicPEM))
        #expect(publicKeys.map(\.rawRepresentation) == [privateKey.publicKey.rawRepresentation])
        #expect(IdentityKeys.pem(privateKey.publicKey) == Self.publicPEM + "\n")
        #expect(IdentityKeys.pem(privateKey).reveal() == Self.privatePEM + "\n")
    }

    @Test("reads a bundle of public keys in its order")
    func bundle() throws {
        let keys = (0..<3).map { _ in Curve25519.Signing.PrivateKey().publicKey }
        let read = try IdentityKeys.publicKeys(material(keys.map { IdentityKeys.pem($0) }.joined()))
        #expect(read.map(\.rawRepresentation) == keys.map(\.rawRepresentation))
    }

    @Test("refuses other kinds of keys and names the member")
    func refuses() throws {
        let spki: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00] + Array(repeating: 7, count: 32)
        var x25519 = spki
        x25519[8] = 0x6E
        for text in [
            Self.privatePEM, pem("PUBLIC KEY", x25519), pem("PUBLIC KEY", spki.dropLast()), pem("PUBLIC KEY", spki + [0]),
            pem("CERTIFICATE", spki),
            Self.publicPEM + "\n" + Self.privatePEM,
        ] {
            let error = try #require(throws: KeySpecError.self) { try IdentityKeys.publicKeys(material(text)) }
            #expect(error.description.hasPrefix("MCP_GATEWAY_IDENTITY_PUBLIC_KEY: "))
        }
        for text in [
            Self.publicPEM, Self.privatePEM + "\n" + Self.privatePEM, pem("PRIVATE KEY", spki), pem("RSA PRIVATE KEY", spki),
            pem("ENCRYPTED PRIVATE KEY", spki),
        ] {
            let error = try #require(throws: KeySpecError.self) { try IdentityKeys.privateKey(material(text)) }
            #expect(error.description.hasPrefix("MCP_GATEWAY_IDENTITY_PUBLIC_KEY: "))
        }
    }
}

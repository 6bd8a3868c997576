import ArgumentParser
import AuthCommon
import Crypto
import CryptoExtras
import ProcessSupport

/// `token keygen`: makes a key pair.
struct KeygenCommand: RunnableCommand {
    /// The kind of key.
    enum Kind: String, ExpressibleByArgument, CaseIterable, Sendable {
        case rsa, ed25519
    }

    static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Make a key pair: RSA for tokens, or Ed25519 for identity assertions.",
        discussion: "The private file is readable by its owner only from the start. Existing files are kept unless --force is given."
    )

    @Option(help: ArgumentHelp("Where the private key goes (jwt-private.pem; identity-private.pem for ed25519).", valueName: "path"))
    var privateKey: String?

    @Option(help: ArgumentHelp("Where the public key goes (jwt-public.pem; identity-public.pem for ed25519).", valueName: "path"))
    var publicKey: String?

    @Option(help: ArgumentHelp("The size of an RSA key: 2048, 3072 or 4096.", valueName: "bits"))
    var bits = 2_048

    @Option(help: "The kind of key: rsa or ed25519.")
    var type = Kind.rsa

    @Flag(help: "Overwrite existing files.")
    var force = false

    func validate() throws {
        guard [2_048, 3_072, 4_096].contains(bits) else { throw ValidationError("--bits must be 2048, 3072 or 4096") }
    }

    func run(on console: Console) async -> ProcessSupport.ExitCode {
        let stem = type == .rsa ? "jwt" : "identity"
        let privatePath = privateKey ?? "\(stem)-private.pem"
        let publicPath = publicKey ?? "\(stem)-public.pem"
        do {
            if ExactText.same(privatePath, publicPath) { throw KeyFileFailure("the two keys need two files") }
            let files = KeyFiles(replaceExisting: force)
            try files.check(privatePath, publicPath)
            let pair = try makePair()
            try files.write(pair.privateText.reveal(), to: privatePath, access: .owner)
            try files.write(pair.publicText, to: publicPath, access: .everyone)
        } catch {
            console.error("error: \(error)\n")
            return .failure
        }
        console.out(report(privatePath, publicPath))
        return .success
    }

    private func makePair() throws -> (privateText: Secret, publicText: String) {
        switch type {
        case .rsa:
            // The library's exponent is 65537.
            let key = try _RSA.Signing.PrivateKey(keySize: _RSA.Signing.KeySize(bitCount: bits))
            return (Secret(key.pemRepresentation + "\n"), key.publicKey.pemRepresentation + "\n")
        case .ed25519:
            let key = Curve25519.Signing.PrivateKey()
            return (IdentityKeys.pem(key), IdentityKeys.pem(key.publicKey))
        }
    }

    private func report(_ privatePath: String, _ publicPath: String) -> String {
        switch type {
        case .rsa:
            """
            private key: \(privatePath) (keep it secret; it makes tokens)
            public key:  \(publicPath)
            size:        RSA, \(bits) bits
            setting:     MCP_JWT_PUBLIC_KEY=file:\(publicPath)

            """
        case .ed25519:
            """
            private key: \(privatePath) (keep it secret; the gateway signs identities with it)
            public key:  \(publicPath)
            size:        Ed25519, 256 bits
            setting:     MCP_GATEWAY_IDENTITY_PRIVATE_KEY=file:\(privatePath) (gateway)
            setting:     MCP_GATEWAY_IDENTITY_PUBLIC_KEY=file:\(publicPath) (servers)

            """
        }
    }
}

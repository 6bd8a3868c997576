import CryptoExtras
import ProcessSupport

/// Why a token command fails: one line.
struct TokenFailure: Error, Sendable, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Reads the key files of the token commands.
struct TokenFiles: Sendable {
    /// Reads a whole file.
    let readFile: FileReader

    /// The private RSA key in a file.
    func privateKey(_ path: String) throws(TokenFailure) -> _RSA.Signing.PrivateKey {
        guard let key = RSAKeys.privateKey(try text(path, "private")) else {
            throw TokenFailure("\(path) is not an RSA private key of at least \(RSAKeys.minimumBits) bits in PEM")
        }
        return key
    }

    /// The public RSA keys in a file.
    func publicKeys(_ path: String) throws(TokenFailure) -> VerificationKeys {
        let text = try text(path, "public")
        do throws(KeySpecError) {
            let material = try KeySpec(text, named: path).load(environment: Environment())
            return VerificationKeys(pinned: try RSAKeys.publicKeys(material))
        } catch {
            throw TokenFailure("\(path) is not an RSA public key in PEM: \(error.message)")
        }
    }

    private func text(_ path: String, _ kind: String) throws(TokenFailure) -> String {
        do throws(FileReadError) {
            guard let text = String(strictUTF8: try readFile(path)), text.contains("-----BEGIN ") else {
                throw FileReadError(path: path, problem: .unreadable("is not a PEM text"))
            }
            return text
        } catch {
            if case .notFound = error.problem {
                throw TokenFailure("\(kind) key file \(path) not found; mcp-gateway token keygen makes a pair")
            }
            throw TokenFailure(kind == "private" ? "\(error); it must hold an RSA private key in PEM" : "\(error)")
        }
    }
}

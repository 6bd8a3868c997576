import AuthCommon
import Crypto
import CryptoExtras
import JSONRPC

/// A JWK set (RFC 7517), of which only RSA keys usable for RS256 signatures count (gateway.md §7.4).
enum KeySet {
    /// The most keys that are taken from a set.
    static let maximumKeys = 100

    /// Why a document gives no key.
    enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        case malformed
        case noUsableKey

        var description: String {
            switch self {
            case .malformed: "is not a JWK set"
            case .noUsableKey: "holds no RSA key usable for RS256 signatures of at least \(RSAKeys.minimumBits) bits"
            }
        }
    }

    /// The usable keys of a document, at least one; others are skipped.
    static func parse(_ bytes: [UInt8]) throws(Fault) -> [VerificationKeys.Member] {
        guard let document = try? JSONParser.parse(bytes, duplicates: .lastWins), let keys = document["keys"]?.arrayValue else {
            throw .malformed
        }
        let members = keys.prefix(maximumKeys).compactMap(member)
        if members.isEmpty { throw .noUsableKey }
        return members
    }

    private static func member(_ key: JSONValue) -> VerificationKeys.Member? {
        guard key["kty"]?.stringValue == "RSA", isAbsent(key["use"], or: "sig"), isAbsent(key["alg"], or: "RS256") else { return nil }
        guard let modulus = key["n"]?.stringValue.flatMap(Base64URL.decode), let exponent = key["e"]?.stringValue.flatMap(Base64URL.decode),
            let publicKey = try? _RSA.Signing.PublicKey(n: modulus, e: exponent), publicKey.keySizeInBits >= RSAKeys.minimumBits
        else { return nil }
        return VerificationKeys.Member(id: key["kid"]?.stringValue, key: publicKey)
    }

    private static func isAbsent(_ value: JSONValue?, or expected: String) -> Bool {
        guard let value else { return true }
        return value.stringValue.map { ExactText.same($0, expected) } ?? false
    }
}

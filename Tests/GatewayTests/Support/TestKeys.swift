import AuthCommon
import Crypto
import CryptoExtras
import Foundation
import JSONRPC

@testable import Gateway

/// RSA keys, made once per test process because that is slow.
enum TestKeys {
    private static let first = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }
    private static let second = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }

    /// The key that gateways under test trust.
    static func trusted() throws -> _RSA.Signing.PrivateKey { try first.get() }

    /// A key that they do not.
    static func foreign() throws -> _RSA.Signing.PrivateKey { try second.get() }

    /// The keys of a gateway with a `public_key`.
    static func pinned() throws -> VerificationKeys { VerificationKeys(pinned: [try trusted().publicKey]) }

    /// The keys of a gateway with a JWK set of these names: the first is trusted, the others foreign.
    static func set(_ ids: String?...) throws -> VerificationKeys {
        var members: [VerificationKeys.Member] = []
        for (index, id) in ids.enumerated() {
            members.append(.init(id: id, key: index == 0 ? try trusted().publicKey : try foreign().publicKey))
        }
        return VerificationKeys(set: members)
    }

    /// A JWK of the trusted key.
    static func jwk(_ changes: JSONObject = [:]) throws -> JSONValue {
        let primitives = try trusted().publicKey.getKeyPrimitives()
        var jwk: JSONObject = [
            "kty": "RSA", "kid": "k1", "n": .string(Base64URL.encode(primitives.modulus)),
            "e": .string(Base64URL.encode(primitives.publicExponent)),
        ]
        for (key, value) in changes.members.map({ ($0.key, $0.value) }) { jwk[key] = value.isNull ? nil : value }
        return .object(jwk)
    }
}

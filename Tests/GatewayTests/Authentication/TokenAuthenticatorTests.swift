import AuthCommon
import CryptoExtras
import JSONRPC
import Synchronization
import Testing

@testable import Gateway

@Suite struct TokenAuthenticatorTests {
    private let now = TestToken.now
    private let rules = TokenRules(audiences: ["mcp-gateway"])

    private func outcome(_ authenticator: TokenAuthenticator, _ token: String, at time: Double, resources: [String] = []) -> String {
        switch authenticator.authenticate(["Bearer \(token)"], resources: resources, now: time) {
        case .caller(let caller): caller.identity.subject
        case .refused(_, let reason, _): reason
        case .noKeys: "no-keys"
        case .wait: "wait"
        }
    }

    @Test("a cached token still expires") func expiry() throws {
        let authenticator = TokenAuthenticator(rules: rules, keys: KeyStore(try TestKeys.pinned()))
        let token = try TestToken.make(["exp": .int(Int(now) + 10)])
        #expect(outcome(authenticator, token, at: now) == "alice")
        #expect(outcome(authenticator, token, at: now + 40) == "alice")
        #expect(outcome(authenticator, token, at: now + 40.5) == "jwt-invalid:ExpiredSignatureError")
    }

    @Test("a cached token is checked for the audience of every mount") func audience() throws {
        let authenticator = TokenAuthenticator(rules: rules, keys: KeyStore(try TestKeys.pinned()))
        let token = try TestToken.make(["aud": "https://h/ecs"])
        #expect(outcome(authenticator, token, at: now, resources: ["https://h/ecs"]) == "alice")
        #expect(outcome(authenticator, token, at: now, resources: ["https://h/cts"]) == "jwt-invalid:InvalidAudienceError")
        #expect(outcome(authenticator, token, at: now) == "jwt-invalid:InvalidAudienceError")
        #expect(outcome(authenticator, token, at: now, resources: ["https://h/ecs"]) == "alice")
    }

    @Test("the cache is emptied when the keys change") func keyChange() throws {
        let keys = KeyStore(try TestKeys.pinned())
        let authenticator = TokenAuthenticator(rules: rules, keys: keys)
        let token = try TestToken.make()
        #expect(outcome(authenticator, token, at: now) == "alice")
        keys.replacePinned([try TestKeys.foreign().publicKey])
        #expect(outcome(authenticator, token, at: now) == "jwt-invalid:InvalidSignatureError")
    }

    @Test("a revocation holds at once, for a token that was verified a moment ago too") func revocation() throws {
        let revocations = RevocationStore()
        let authenticator = TokenAuthenticator(rules: rules, keys: KeyStore(try TestKeys.pinned()), revocations: revocations)
        let first = try TestToken.make(["jti": "t-1"])
        let second = try TestToken.make(["jti": "t-2"])
        let bob = try TestToken.make(["sub": "bob"])
        for token in [first, second] { #expect(outcome(authenticator, token, at: now) == "alice") }
        revocations.replace(with: RevocationList(tokenIDs: [ExactText("t-1")]))
        #expect(outcome(authenticator, first, at: now) == "jwt-revoked")
        #expect(outcome(authenticator, second, at: now) == "alice")
        revocations.replace(with: RevocationList(subjects: [ExactText("alice")]))
        #expect(outcome(authenticator, second, at: now) == "jwt-revoked")
        #expect(outcome(authenticator, bob, at: now) == "bob")
        // What was never verified before is refused as well, and what is not revoked any more is taken again.
        #expect(outcome(authenticator, try TestToken.make(["jti": "t-3"]), at: now) == "jwt-revoked")
        revocations.replace(with: RevocationList())
        #expect(outcome(authenticator, first, at: now) == "alice")
    }

    @Test("jti is a text or a number; what could not be revoked is refused") func tokenID() throws {
        let revocations = RevocationStore(RevocationList(tokenIDs: [ExactText("17")]))
        let authenticator = TokenAuthenticator(rules: rules, keys: KeyStore(try TestKeys.pinned()), revocations: revocations)
        #expect(outcome(authenticator, try TestToken.make(["jti": 17]), at: now) == "jwt-revoked")
        #expect(outcome(authenticator, try TestToken.make(["jti": 18]), at: now) == "alice")
        #expect(outcome(authenticator, try TestToken.make(["jti": ["17"]]), at: now) == "jwt-invalid:InvalidTokenError")
        #expect(outcome(authenticator, try TestToken.make(["jti": true]), at: now) == "jwt-invalid:InvalidTokenError")
    }

    @Test("a refused token is not remembered as good") func refusedFirst() throws {
        let authenticator = TokenAuthenticator(rules: rules, keys: KeyStore(try TestKeys.pinned()))
        let token = try TestToken.make(["nbf": .int(Int(now) + 100)])
        #expect(outcome(authenticator, token, at: now) == "jwt-invalid:ImmatureSignatureError")
        #expect(outcome(authenticator, token, at: now + 100) == "alice")
        #expect(outcome(authenticator, token, at: now) == "jwt-invalid:ImmatureSignatureError")
    }

    @Test("a token longer than 8 KiB") func tooLong() throws {
        let authenticator = TokenAuthenticator(rules: rules, keys: KeyStore(try TestKeys.pinned()))
        #expect(outcome(authenticator, String(repeating: "a", count: 8_193), at: now) == "jwt-invalid:DecodeError")
    }

    @Test("equal tokens have equal cache keys, different ones different keys") func cacheKey() throws {
        let authenticator = TokenAuthenticator(rules: rules, keys: KeyStore(try TestKeys.pinned()))
        func key(_ token: String) throws -> TokenDigest {
            guard case .caller(let caller) = authenticator.authenticate(["Bearer \(token)"], resources: [], now: now) else {
                throw TestFailure("no caller")
            }
            return caller.cacheKey
        }
        let token = try TestToken.make()
        #expect(try key(token) == key(token))
        #expect(try key(token) != key(try TestToken.make(["jti": "2"])))
    }

    @Test("without any key: wait for the fetch, else no-keys") func noKeys() throws {
        let keys = KeyStore()
        let authenticator = TokenAuthenticator(rules: rules, keys: keys)
        let token = try TestToken.make()
        #expect(outcome(authenticator, token, at: now) == "no-keys")
        keys.attach(OneRefresh())
        #expect(outcome(authenticator, token, at: now) == "wait")
        #expect(outcome(authenticator, token, at: now) == "no-keys")
    }

    @Test("an unknown kid asks for new keys once; a known one never") func unknownKey() throws {
        let keys = KeyStore(try TestKeys.set("k1", "k2"))
        keys.attach(OneRefresh())
        let authenticator = TokenAuthenticator(rules: rules, keys: keys)
        #expect(outcome(authenticator, try TestToken.make(header: ["alg": "RS256", "kid": "k1"]), at: now) == "alice")
        let unknown = try TestToken.make(header: ["alg": "RS256", "kid": "k3"])
        #expect(outcome(authenticator, unknown, at: now) == "wait")
        #expect(outcome(authenticator, unknown, at: now) == "jwt-invalid:InvalidKeyError")
    }

    @Test("a bad signature asks for nothing") func badSignature() throws {
        let keys = KeyStore(try TestKeys.set("k1"))
        keys.attach(OneRefresh())
        let authenticator = TokenAuthenticator(rules: rules, keys: keys)
        let token = try TestToken.make(header: ["alg": "RS256", "kid": "k1"], key: try TestKeys.foreign())
        #expect(outcome(authenticator, token, at: now) == "jwt-invalid:InvalidSignatureError")
    }
}

/// A failure of a test's own.
struct TestFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Gives one refresh, then none.
private final class OneRefresh: KeySource {
    private let isUsed = Mutex(false)

    func refreshForUnknownKey(now: Double) -> KeyRefresh? {
        isUsed.withLock { isUsed in
            defer { isUsed = true }
            return isUsed ? nil : KeyRefresh()
        }
    }
}

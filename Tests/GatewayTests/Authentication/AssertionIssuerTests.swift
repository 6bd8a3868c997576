import AuthCommon
import Crypto
import Testing

@testable import Gateway

@Suite struct AssertionIssuerTests {
    private let now = TestToken.now
    private let key = Curve25519.Signing.PrivateKey()

    private func caller(_ name: String = "alice", deadline: Double? = nil) -> Caller {
        Caller(
            identity: Identity(subject: name, roles: ["admin"], tenant: "t", tokenExpiry: deadline.map { Int64($0) - 30 }),
            tokenDeadline: deadline,
            cacheKey: TokenDigest(of: name.utf8)
        )
    }

    private func issuer() -> AssertionIssuer { AssertionIssuer(signer: IdentityAssertionSigner(privateKey: key, keyID: "k")) }

    private func verify(_ assertion: String, service: String = "ecs", at time: Double) throws -> Identity {
        try IdentityAssertionVerifier(keys: [key.publicKey], audience: service).verify(assertion, now: Int64(time))
    }

    @Test("states the caller for one service, for a minute") func ordinary() throws {
        let assertion = try issuer().assertion(for: caller(), service: "ecs", now: now)
        #expect(try verify(assertion, at: now) == caller().identity)
        #expect(throws: AssertionError.audience) { try verify(assertion, service: "cts", at: now) }
        #expect(throws: AssertionError.expired) { try verify(assertion, at: now + 66) }
    }

    @Test("is reused while 30 s are left, for the same token and service only") func reuse() throws {
        let issuer = issuer()
        let first = try issuer.assertion(for: caller(), service: "ecs", now: now)
        #expect(try issuer.assertion(for: caller(), service: "ecs", now: now + 30) == first)
        #expect(try issuer.assertion(for: caller(), service: "ecs", now: now + 31) != first)
        #expect(try issuer.assertion(for: caller(), service: "cts", now: now) != first)
        #expect(try issuer.assertion(for: caller("bob"), service: "ecs", now: now) != first)
    }

    @Test("is not reused when the clock went back") func clockBack() throws {
        let issuer = issuer()
        let first = try issuer.assertion(for: caller(), service: "ecs", now: now)
        let second = try issuer.assertion(for: caller(), service: "ecs", now: now - 100)
        #expect(second != first)
        #expect(try verify(second, at: now - 100).subject == "alice")
    }

    @Test("never outlives the token") func tokenEnd() throws {
        let assertion = try issuer().assertion(for: caller(deadline: now + 20), service: "ecs", now: now)
        _ = try verify(assertion, at: now + 25)
        #expect(throws: AssertionError.expired) { try verify(assertion, at: now + 26) }
    }

    @Test("is valid even in the last moment of a token") func lastMoment() throws {
        let assertion = try issuer().assertion(for: caller(deadline: now + 0.2), service: "ecs", now: now + 0.2)
        #expect(try verify(assertion, at: now).subject == "alice")
    }
}

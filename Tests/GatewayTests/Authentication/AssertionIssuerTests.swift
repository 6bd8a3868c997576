import AuthCommon
import Crypto
import JSONRPC
import Testing

@testable import Gateway

@Suite struct AssertionIssuerTests {
    private let now = TestToken.now
    private let key = Curve25519.Signing.PrivateKey()
    private let ecs = Mount(service: "ecs", path: "/ecs", requiredRoles: [])
    private let cts = Mount(service: "cts", path: "/cts", requiredRoles: [])

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
        let assertion = try issuer().assertion(for: caller(), mount: ecs, now: now)
        #expect(try verify(assertion, at: now) == caller().identity)
        #expect(throws: AssertionError.audience) { try verify(assertion, service: "cts", at: now) }
        #expect(throws: AssertionError.expired) { try verify(assertion, at: now + 66) }
    }

    @Test("is reused while 30 s are left, for the same token and service only") func reuse() throws {
        let issuer = issuer()
        let first = try issuer.assertion(for: caller(), mount: ecs, now: now)
        #expect(try issuer.assertion(for: caller(), mount: ecs, now: now + 30) == first)
        #expect(try issuer.assertion(for: caller(), mount: ecs, now: now + 31) != first)
        #expect(try issuer.assertion(for: caller(), mount: cts, now: now) != first)
        #expect(try issuer.assertion(for: caller("bob"), mount: ecs, now: now) != first)
    }

    @Test("is not reused when the clock went back") func clockBack() throws {
        let issuer = issuer()
        let first = try issuer.assertion(for: caller(), mount: ecs, now: now)
        let second = try issuer.assertion(for: caller(), mount: ecs, now: now - 100)
        #expect(second != first)
        #expect(try verify(second, at: now - 100).subject == "alice")
    }

    @Test("never outlives the token") func tokenEnd() throws {
        let assertion = try issuer().assertion(for: caller(deadline: now + 20), mount: ecs, now: now)
        _ = try verify(assertion, at: now + 25)
        #expect(throws: AssertionError.expired) { try verify(assertion, at: now + 26) }
    }

    @Test("is valid even in the last moment of a token") func lastMoment() throws {
        let assertion = try issuer().assertion(for: caller(deadline: now + 0.2), mount: ecs, now: now + 0.2)
        #expect(try verify(assertion, at: now).subject == "alice")
    }

    @Test("states the mount's tool policy, also to a caller whose assertion was issued under another one") func toolPolicy() throws {
        let issuer = issuer()
        let policy = try #require(ToolPolicy(include: ["ecs_list_*"], exclude: ["ecs_list_flavors"]))
        let before = try issuer.assertion(for: caller(), mount: ecs, now: now)
        #expect(try verify(before, at: now).toolPolicy == nil)
        let restricted = Mount(service: "ecs", path: "/ecs", requiredRoles: [], tools: policy)
        let after = try issuer.assertion(for: caller(), mount: restricted, now: now)
        #expect(try verify(after, at: now) == caller().identity.restricted(to: policy))
        #expect(try issuer.assertion(for: caller(), mount: restricted, now: now) == after)
        #expect(try verify(issuer.assertion(for: caller(), mount: ecs, now: now), at: now).toolPolicy == nil)
    }

    @Test("the longest caller and the longest policy fit into an assertion that servers take") func longest() throws {
        let roles = Array(repeating: "r" + String(repeating: "o", count: 6), count: 440)
        let token = try TestToken.make(["roles": .array(roles.map { .string($0) })])
        let verified = try TokenVerifier(TokenRules(audiences: ["mcp-gateway"]))
            .verify(Array(token.utf8), keys: TestKeys.pinned(), resources: [], now: now)
        let caller = Caller(identity: verified.identity, tokenDeadline: nil, cacheKey: TokenDigest(of: token.utf8))
        let policy = try #require(ToolPolicy(exclude: Array(repeating: String(repeating: "\\", count: 48), count: 10)))
        let mount = Mount(service: String(repeating: "a", count: 63), path: "/a", requiredRoles: [], tools: policy)
        let keyID = String(repeating: "k", count: 43)
        let assertion = try AssertionIssuer(signer: IdentityAssertionSigner(privateKey: key, keyID: keyID))
            .assertion(for: caller, mount: mount, now: now)
        #expect(try verify(assertion, service: mount.service, at: now).toolPolicy == policy)
    }
}

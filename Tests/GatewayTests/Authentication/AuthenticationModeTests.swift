import AuthCommon
import Testing

@testable import Gateway

/// gateway.md §5 at the request.
@Suite struct AuthenticationModeTests {
    private let remote = PeerAddress(text: "192.0.2.7", isLoopback: false)

    private func decide(_ engine: TestEngine, _ change: (inout RequestFacts) -> Void = { _ in }) throws -> Decision {
        var facts = TestEngine.facts("/ecs/mcp")
        change(&facts)
        return try engine.engine().decide(facts, now: TestToken.now)
    }

    private let dev = TestEngine(isTokenMode: false)

    @Test("dev: a loopback peer is the development identity") func loopback() throws {
        let caller = try #require(try decide(dev).admission?.caller)
        #expect(caller.identity == Identity(subject: "dev-local", roles: ["admin"]))
        #expect(caller.tokenDeadline == nil)
        #expect(caller.identity.tokenExpiry == nil)
    }

    @Test("dev: another peer is refused") func otherPeer() throws {
        let refusal = try decide(dev) { $0.peer = remote }.refusal
        #expect(refusal?.status == 403)
        #expect(refusal?.reason == "dev-mode-rejects-non-loopback")
        #expect(refusal?.kind == .authentication)
    }

    @Test("dev: what came through a proxy is refused") func proxied() throws {
        let refusal = try decide(dev) { $0.forwardedHeaderPresent = true }.refusal
        #expect(refusal?.status == 403)
        #expect(refusal?.reason == "dev-mode-rejects-forwarded")
    }

    @Test("open modes: anyone may call") func open() throws {
        let engine = TestEngine(isTokenMode: false, loopbackOnly: false)
        let decision = try decide(engine) {
            $0.peer = remote
            $0.forwardedHeaderPresent = true
        }
        #expect(decision.admission?.caller.identity.subject == "dev-local")
    }

    @Test("a token is ignored in these modes") func tokenIgnored() throws {
        #expect(try decide(dev) { $0.authorization = ["Bearer a", "Bearer b"] }.admission?.caller.identity.subject == "dev-local")
    }

    @Test("path RBAC applies to the development identity") func roles() throws {
        let refusal = try decide(TestEngine(isTokenMode: false, devRoles: [])).refusal
        #expect(refusal?.reason == "path-rbac:required=[admin,operator,readonly]")
    }

    @Test("mode jwt never falls back to an identity") func tokensOnly() throws {
        #expect(try decide(TestEngine()).refusal?.status == 401)
    }
}

import AuthCommon
import Crypto
import JSONRPC
import Testing

@Suite struct ToolPolicyTests {
    private let assertions = Assertions()

    private func policy(include: [String]? = nil, exclude: [String] = []) throws -> ToolPolicy {
        try #require(ToolPolicy(include: include, exclude: exclude))
    }

    @Test(
        "include first, then exclude; without include everything exists",
        arguments: [
            (nil, ["ecs_delete_*"], "ecs_list_servers", .kept),
            (nil, ["ecs_delete_*"], "ecs_delete_server", .excluded(by: "ecs_delete_*")),
            (["ecs_list_*", "ecs_get_*"], [], "ecs_get_server", .kept),
            (["ecs_list_*", "ecs_get_*"], [], "ecs_power_action", .notIncluded),
            (["ecs_*"], ["*_server"], "ecs_get_server", .excluded(by: "*_server")),
            (["ECS_*"], [], "ecs_get_server", .notIncluded),
            ([], [], "ecs_get_server", .notIncluded),
        ] as [([String]?, [String], String, ToolPolicy.Verdict)]
    )
    func verdicts(include: [String]?, exclude: [String], tool: String, expected: ToolPolicy.Verdict) throws {
        let policy = try policy(include: include, exclude: exclude)
        #expect(policy.verdict(tool) == expected)
        #expect(policy.allows(tool) == (expected == .kept))
        #expect(Identity(subject: "a", roles: [], toolPolicy: policy).mayKnow(tool: tool) == (expected == .kept))
    }

    @Test("without a policy every tool exists") func none() {
        #expect(Identity(subject: "a", roles: []).mayKnow(tool: "anything"))
    }

    @Test("a pattern is 1 to 128 visible ASCII characters", arguments: ["", "a b", "a\n", "ü", String(repeating: "a", count: 129)])
    func badPattern(pattern: String) {
        #expect(ToolPolicy(include: [pattern]) == nil)
        #expect(ToolPolicy(exclude: ["x", pattern]) == nil)
    }

    @Test("a policy has at most 1024 bytes") func tooLong() {
        let pattern = String(repeating: "a", count: 100)
        #expect(ToolPolicy(exclude: Array(repeating: pattern, count: 9)) != nil)
        #expect(ToolPolicy(exclude: Array(repeating: pattern, count: 10)) == nil)
    }

    @Test("the assertion carries the policy") func roundTrip() throws {
        let signer = IdentityAssertionSigner(privateKey: assertions.key)
        for policy in [
            try policy(include: ["ecs_list_*"], exclude: ["ecs_list_flavors"]), try policy(exclude: ["*"]), try policy(include: []), nil,
        ] {
            let identity = Identity(subject: "alice", roles: ["admin"], toolPolicy: policy)
            let jws = try signer.sign(identity, audience: "ecs", issuedAt: Assertions.now, expires: Assertions.now + 60)
            let verified = try assertions.verifier.verify(jws, now: Assertions.now)
            #expect(verified == identity)
            #expect(verified.toolPolicy == policy)
            #expect(verified.isSamePrincipal(as: Identity(subject: "alice", roles: [])))
        }
        #expect(
            try policy(include: ["a"], exclude: ["b", "c"]).json == ["include": ["a"], "exclude": ["b", "c"]]
        )
    }

    @Test(
        "a malformed policy is refused, and so is a member that might restrict and is not known",
        arguments: [
            .null, "*", ["*"], ["include": "*"], ["exclude": [1]], ["include": .null], ["exclude": [""]], ["only": ["a"]],
            ["include": ["a"], "roles": [:]],
        ] as [JSONValue]
    )
    func malformedClaim(claim: JSONValue) throws {
        let jws = try assertions.sign(Assertions.claims("tools", claim))
        #expect(throws: AssertionError.claims) { try assertions.verifier.verify(jws, now: Assertions.now) }
    }

    @Test("an empty claim restricts nothing") func emptyClaim() throws {
        let identity = try assertions.verifier.verify(assertions.sign(Assertions.claims("tools", [:])), now: Assertions.now)
        #expect(identity.mayKnow(tool: "x"))
    }

    @Test("identities with different policies differ") func equality() throws {
        let identity = Identity(subject: "a", roles: [])
        let restricted = identity.restricted(to: try policy(exclude: ["x"]))
        #expect(identity != restricted)
        #expect(restricted.restricted(to: nil) == identity)
        #expect(restricted != identity.restricted(to: try policy(exclude: ["y"])))
        #expect(try Set([policy(exclude: ["x"]), policy(exclude: ["x"]), policy(include: ["x"])]).count == 2)
    }
}

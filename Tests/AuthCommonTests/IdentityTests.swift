import AuthCommon
import JSONRPC
import Testing

@Suite struct IdentityTests {
    @Test(
        "the failure names the role and the caller's roles, sorted",
        arguments: [
            (Role.admin, ["readonly", "auditor", "operator"], "role-required:admin;caller-has:[auditor,operator,readonly]"),
            (.operator, [], "role-required:operator;caller-has:[]"),
            (.readonly, ["b", "B", "a"], "role-required:readonly;caller-has:[B,a,b]"),
        ]
    )
    func failure(role: Role, roles: [String], expected: String) {
        #expect(Identity(subject: "s", roles: roles).failure(role) == expected)
    }

    @Test("a principal is subject and tenant, byte by byte")
    func principal() {
        let identity = Identity(subject: "alice", roles: ["admin"], tenant: "t", tokenExpiry: 5)
        #expect(identity.isSamePrincipal(as: Identity(subject: "alice", roles: [], tenant: "t")))
        #expect(!identity.isSamePrincipal(as: Identity(subject: "Alice", roles: ["admin"], tenant: "t")))
        #expect(!identity.isSamePrincipal(as: Identity(subject: "alice", roles: ["admin"])))
        #expect(!Identity(subject: "\u{E9}", roles: []).isSamePrincipal(as: Identity(subject: "e\u{301}", roles: [])))
        // What belongs to the subject does not move to the tenant.
        #expect(!Identity(subject: "ab", roles: [], tenant: "c").isSamePrincipal(as: Identity(subject: "a", roles: [], tenant: "bc")))
    }

    @Test("equality covers every member")
    func equality() {
        let identity = Identity(subject: "a", roles: ["x"], tenant: "t", tokenExpiry: 5)
        #expect(identity == Identity(subject: "a", roles: ["x"], tenant: "t", tokenExpiry: 5))
        #expect(Set([identity, Identity(subject: "a", roles: ["x"], tenant: "t", tokenExpiry: 5)]).count == 1)
        #expect(identity != Identity(subject: "a", roles: ["y"], tenant: "t", tokenExpiry: 5))
        #expect(identity != Identity(subject: "a", roles: ["x"], tenant: "t"))
        #expect(Identity(subject: "\u{E9}", roles: []) != Identity(subject: "e\u{301}", roles: []))
    }

    @Test("a refusal has the body and the challenge of the specification")
    func refusal() {
        let error = AuthenticationError.invalidIdentity(.notYetValid)
        #expect(error.json.text() == #"{"error":"invalid-identity:not-yet-valid","status":401}"#)
        #expect("\(error)" == "401 invalid-identity:not-yet-valid")
        #expect(AuthenticationError.challenge == "Bearer")
    }
}

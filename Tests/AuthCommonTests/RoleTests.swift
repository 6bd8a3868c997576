import AuthCommon
import Testing

@Suite struct RoleTests {
    @Test(
        "admin includes operator includes readonly",
        arguments: [
            (Role.readonly, ["readonly"], true), (.readonly, ["operator"], true), (.readonly, ["admin"], true),
            (.operator, ["readonly"], false),
            (.operator, ["operator"], true), (.operator, ["admin"], true), (.admin, ["readonly"], false), (.admin, ["operator"], false),
            (.admin, ["admin"], true),
            // Any one sufficient role is enough.
            (.admin, ["readonly", "x", "admin"], true), (.operator, ["readonly", "operator"], true),
            // Names are case-sensitive, unknown ones grant nothing, none grant nothing.
            (.readonly, [], false), (.readonly, ["Admin"], false),
            (.readonly, ["ADMIN", " admin", "admin ", "administrator", "", "root", "*"], false),
        ]
    )
    func hierarchy(role: Role, names: [String], expected: Bool) {
        #expect(role.isSatisfied(by: names) == expected)
        #expect(Identity(subject: "s", roles: names).holds(role) == expected)
    }

    @Test("orders roles by what they may do")
    func order() {
        #expect(Role.allCases.sorted() == [.readonly, .operator, .admin])
        #expect(Role.readonly < .operator && .operator < .admin)
    }

    @Test("expands names by what they imply and keeps the others")
    func effective() {
        #expect(Role.effective(of: ["admin"]) == ["admin", "operator", "readonly"])
        #expect(Role.effective(of: ["operator", "auditor"]) == ["operator", "readonly", "auditor"])
        #expect(Role.effective(of: ["Admin"]) == ["Admin"])
        #expect(Role.effective(of: []).isEmpty)
    }

    @Test(
        "any one of the required names is enough, other names compare exactly",
        arguments: [
            ([], [], true), (["readonly"], ["admin"], true), (["admin"], ["operator"], false), (["admin", "auditor"], ["auditor"], true),
            (["auditor"], ["Auditor"], false), (["auditor"], ["admin"], false), (["operator"], [], false),
            (["\u{E9}"], ["e\u{301}"], false), ([""], [], false),
        ]
    )
    func required(required: [String], held: [String], expected: Bool) {
        #expect(Role.anySatisfied(of: required, by: held) == expected)
    }
}

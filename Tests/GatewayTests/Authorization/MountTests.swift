import Testing

@testable import Gateway

@Suite struct MountTests {
    private func mount(_ roles: [String]) -> Mount { Mount(service: "s", path: "/s", requiredRoles: roles) }

    @Test(
        "one of the caller's roles, expanded by the hierarchy, must be required",
        arguments: [
            ([], [], true), ([], ["whatever"], true), (["readonly"], ["admin"], true), (["readonly"], ["operator"], true),
            (["operator"], ["readonly"], false), (["admin"], ["operator"], false), (["admin"], ["admin"], true),
            (["auditor"], ["auditor"], true), (["auditor"], ["admin"], false), (["auditor", "readonly"], ["admin"], true),
            (["readonly"], [], false), (["readonly"], ["Readonly"], false), (["readonly"], [" readonly"], false),
            (["K"], ["\u{212A}"], false), (["admin"], ["superadmin"], false),
        ] as [([String], [String], Bool)]
    )
    func admits(required: [String], held: [String], expected: Bool) { #expect(mount(required).admits(held) == expected) }

    @Test("the failure names the required roles only, sorted") func failure() {
        #expect(mount(["operator", "admin", "operator"]).failure == "path-rbac:required=[admin,operator]")
    }

    @Test(
        "scopes are the weakest of the hierarchy and all other names, sorted",
        arguments: [
            (["readonly", "operator", "admin"], ["readonly"]), (["admin", "operator"], ["operator"]), (["admin"], ["admin"]),
            (["auditor", "admin"], ["admin", "auditor"]), ([], []), (["a b", "quo\"te", "back\\slash", "né", "ok"], ["ok"]),
            (["x", "x"], ["x"]),
        ] as [([String], [String])]
    )
    func scopes(required: [String], expected: [String]) { #expect(mount(required).scopes == expected) }
}

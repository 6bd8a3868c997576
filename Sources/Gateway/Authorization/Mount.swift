import AuthCommon

/// A path under which one service is reachable, with everything that is decided about it beforehand.
struct Mount: Sendable, Hashable {
    /// The service's name in the manifest; also the assertion's `aud`.
    let service: String
    /// The mount path without a final slash: `/ecs`.
    let path: String
    /// Any of these roles lets a caller pass; empty: any authenticated caller.
    let requiredRoles: [String]
    /// Which of the server's tools exist here; nil: all of them.
    ///
    /// The server enforces it; the assertion tells it so.
    let tools: ToolPolicy?

    /// A mount.
    init(service: String, path: String, requiredRoles: [String], tools: ToolPolicy? = nil) {
        self.service = service
        self.path = path
        self.requiredRoles = requiredRoles
        self.tools = tools
    }

    /// Whether a caller with these roles passes (gateway.md §8.2): one of them, expanded by admin ⊃ operator ⊃ readonly, is required.
    func admits(_ roles: [String]) -> Bool { Role.anySatisfied(of: requiredRoles, by: roles) }

    /// The reason for a caller who does not pass.
    var failure: String {
        "path-rbac:required=[\(ExactText.sorted(Set(requiredRoles.map(ExactText.init)).map(\.text)).joined(separator: ","))]"
    }

    /// What a caller should ask for (gateway.md §10.4): the required roles that do not already imply another required one, sorted.
    ///
    /// A role that is no scope token of RFC 6749 §3.3 cannot be asked for and is left out.
    var scopes: [String] {
        let weakest = Role.allCases.first { role in requiredRoles.contains { ExactText.same($0, role.rawValue) } }
        let kept = requiredRoles.filter { name in
            guard let role = Role(exactly: name) else { return true }
            return role == weakest
        }
        return ExactText.sorted(Set(kept.map(ExactText.init)).map(\.text)).filter { $0.utf8.allSatisfy(Self.isScopeCharacter) }
    }

    private static func isScopeCharacter(_ byte: UInt8) -> Bool {
        byte == 0x21 || (0x23...0x5B).contains(byte) || (0x5D...0x7E).contains(byte)
    }
}

extension Role {
    /// The role of exactly that name.
    init?(exactly name: String) {
        guard let role = Role(rawValue: name), ExactText.same(role.rawValue, name) else { return nil }
        self = role
    }
}

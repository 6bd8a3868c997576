package import AuthCommon
package import JSONRPC

/// Which role a call of a tool needs (servers.md §4).
package enum RoleRule: Sendable {
    /// The same role for every call.
    case fixed(Role)
    /// A role that depends on the raw, not yet validated arguments; `listed` is the lowest of them, by which the tool is listed.
    case deciding(listed: Role, @Sendable (JSONObject) -> Role)

    /// The role by which the tool appears in `tools/list` and in `--list-tools`.
    package var minimum: Role {
        switch self {
        case .fixed(let role): role
        case .deciding(let listed, _): listed
        }
    }

    /// The role that a call with these arguments needs.
    package func role(for arguments: JSONObject) -> Role {
        switch self {
        case .fixed(let role): role
        case .deciding(_, let decide): decide(arguments)
        }
    }
}

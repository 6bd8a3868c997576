/// Who sent a message (servers.md §5).
///
/// It travels with each message and is never remembered from an earlier one.
public struct Identity: Sendable {
    /// The caller's name; not blank.
    public let subject: String
    /// The caller's role names, as they were given.
    public let roles: [String]
    /// The caller's tenant; may be empty.
    public let tenant: String
    /// When the client's token ends, in seconds since 1970; nil for a permanent token and in the development modes.
    public let tokenExpiry: Int64?
    /// Which tools exist for this message, beside what the roles allow; nil: all of them.
    public let toolPolicy: ToolPolicy?

    /// An identity.
    public init(
        subject: String,
        roles: [String],
        tenant: String = "",
        tokenExpiry: Int64? = nil,
        toolPolicy: ToolPolicy? = nil
    ) {
        self.subject = subject
        self.roles = roles
        self.tenant = tenant
        self.tokenExpiry = tokenExpiry
        self.toolPolicy = toolPolicy
    }

    /// The same caller under a tool policy, the only one that then holds.
    public func restricted(to policy: ToolPolicy?) -> Identity {
        Identity(subject: subject, roles: roles, tenant: tenant, tokenExpiry: tokenExpiry, toolPolicy: policy)
    }

    /// Whether the tool of that name exists for this message.
    ///
    /// Says nothing about roles.
    public func mayKnow(tool: String) -> Bool { toolPolicy?.allows(tool) ?? true }

    /// Whether the caller holds the role or one that implies it.
    public func holds(_ role: Role) -> Bool { role.isSatisfied(by: roles) }

    /// What a caller without the role is told: `role-required:<role>;caller-has:[<roles, sorted, comma-separated>]` (servers.md §4).
    public func failure(_ role: Role) -> String {
        let sorted = roles.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return "role-required:\(role.rawValue);caller-has:[\(sorted.joined(separator: ","))]"
    }

    /// Whether both are the same subject of the same tenant, byte by byte: the owner of a session or an approval.
    public func isSamePrincipal(as other: Identity) -> Bool {
        subject.utf8.elementsEqual(other.subject.utf8) && tenant.utf8.elementsEqual(other.tenant.utf8)
    }
}

extension Identity: Hashable {
    /// Equal in every member, byte by byte.
    public static func == (lhs: Identity, rhs: Identity) -> Bool {
        lhs.isSamePrincipal(as: rhs) && lhs.tokenExpiry == rhs.tokenExpiry && lhs.toolPolicy == rhs.toolPolicy
            && lhs.roles.elementsEqual(rhs.roles) { $0.utf8.elementsEqual($1.utf8) }
    }

    /// Over subject and tenant only, which equal identities share.
    public func hash(into hasher: inout Hasher) {
        for byte in subject.utf8 { hasher.combine(byte) }
        hasher.combine(0 as UInt8)
        for byte in tenant.utf8 { hasher.combine(byte) }
    }
}

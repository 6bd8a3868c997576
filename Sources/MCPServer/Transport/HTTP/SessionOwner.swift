import AuthCommon

/// Whom a session belongs to: a subject of a tenant, whatever the roles of the moment.
struct SessionOwner: Sendable, Hashable {
    private let identity: Identity

    init(_ identity: Identity) {
        self.identity = Identity(subject: identity.subject, roles: [], tenant: identity.tenant)
    }

    static func == (lhs: SessionOwner, rhs: SessionOwner) -> Bool { lhs.identity.isSamePrincipal(as: rhs.identity) }

    func hash(into hasher: inout Hasher) { identity.hash(into: &hasher) }
}

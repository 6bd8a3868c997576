import AuthCommon

/// Whom a limit counts: one subject of one tenant (gateway.md §11).
struct CallerKey: Sendable, Hashable {
    /// The subject.
    let subject: String
    /// The tenant.
    let tenant: String

    /// The key of an identity.
    init(_ identity: Identity) {
        subject = identity.subject
        tenant = identity.tenant
    }
}

package import AuthCommon

/// A subject of a tenant; compared by bytes, so that two texts which only look alike are two owners.
package struct ApprovalOwner: Sendable, Hashable {
    /// The subject.
    package let subject: String
    /// The tenant, possibly empty.
    package let tenant: String

    /// An owner.
    package init(subject: String, tenant: String) {
        self.subject = subject
        self.tenant = tenant
    }

    /// The owner that a caller is.
    package init(_ identity: Identity) { self.init(subject: identity.subject, tenant: identity.tenant) }

    package static func == (lhs: ApprovalOwner, rhs: ApprovalOwner) -> Bool {
        lhs.subject.utf8.elementsEqual(rhs.subject.utf8) && lhs.hasTenant(of: rhs)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in subject.utf8 { hasher.combine(byte) }
        hasher.combine(0xFF as UInt8)
        for byte in tenant.utf8 { hasher.combine(byte) }
    }

    /// Whether both belong to the same tenant.
    package func hasTenant(of other: ApprovalOwner) -> Bool { tenant.utf8.elementsEqual(other.tenant.utf8) }
}

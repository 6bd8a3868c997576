/// The lifetime and the limits of approvals.md §1 and §3.
package struct ApprovalLimits: Sendable, Hashable {
    /// How long an approval is valid; at exactly this age it still is.
    package var lifetime: Duration = .seconds(120)
    /// Live approvals of one subject and tenant.
    package var perOwner = 32
    /// Live approvals in the process.
    package var total = 4_096
    /// Tombstones of expired approvals.
    package var tombstones = 4_096
    /// How long an expired approval is remembered.
    package var tombstoneLifetime: Duration = .seconds(600)

    /// The documented limits.
    package init() {}

    /// The lifetime in whole seconds, for texts.
    package var lifetimeSeconds: Int { Int(lifetime.components.seconds) }
}

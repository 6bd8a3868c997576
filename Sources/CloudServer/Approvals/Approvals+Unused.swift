import ProcessSupport

extension Approvals {
    /// Approvals of a server whose tools are only listed.
    static func unused(service: String) -> Approvals {
        Approvals(
            service: service,
            policy: .automatic,
            store: InMemoryApprovalStore(now: { .zero }),
            audit: ApprovalAudit(log: .disabled, policy: .automatic),
            newID: { ApprovalID(high: 0, low: 0) }
        )
    }
}

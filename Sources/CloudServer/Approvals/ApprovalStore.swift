/// Where approvals live between the two calls.
///
/// In memory of one process here; a durable or a shared store can take its place.
///
/// Errors that a store throws (``ToolError``) fail the call that needed it, and nothing is executed.
package protocol ApprovalStore: Sendable {
    /// Stores an approval if the limits allow it (approvals.md §3); sweeps first.
    func put(_ approval: Approval) async throws(ToolError) -> ApprovalLedger.Put

    /// What is known under the id; sweeps first. Does not consume.
    func find(_ id: ApprovalID) async throws(ToolError) -> ApprovalLedger.Entry?

    /// Takes a live approval out. Atomic: of simultaneous callers exactly one gets it.
    func take(_ id: ApprovalID) async throws(ToolError) -> Approval?
}

/// What is remembered of an approval that expired unused: id and binding, no content (approvals.md §3).
package struct ApprovalTombstone: Sendable, Hashable {
    /// Its name.
    package let id: ApprovalID
    /// To whom and to what it belonged.
    package let binding: ApprovalBinding
    /// When it expired, on the injected monotonic clock.
    package let expiredAt: Duration
}

import Synchronization

/// The approvals of one process; a restart loses them all (approvals.md §1).
package final class InMemoryApprovalStore: ApprovalStore {
    private let ledger: Mutex<ApprovalLedger>
    private let now: @Sendable () -> Duration
    private let onExpiry: @Sendable (Approval) -> Void

    /// An empty store.
    ///
    /// - Parameters:
    ///   - limits: Lifetime and limits.
    ///   - now: A monotonic clock: the time since a fixed point.
    ///   - onExpiry: Told of each approval that expired unused; called outside the lock.
    package init(
        limits: ApprovalLimits = ApprovalLimits(),
        now: @escaping @Sendable () -> Duration,
        onExpiry: @escaping @Sendable (Approval) -> Void = { _ in }
    ) {
        ledger = Mutex(ApprovalLedger(limits: limits))
        self.now = now
        self.onExpiry = onExpiry
    }

    package func put(_ approval: Approval) -> ApprovalLedger.Put {
        // The clock is read inside the lock: two readings taken outside could be applied in the wrong order.
        let (outcome, expired) = ledger.withLock { $0.put(approval, now: now()) }
        expired.forEach(onExpiry)
        return outcome
    }

    package func find(_ id: ApprovalID) -> ApprovalLedger.Entry? {
        let (entry, expired) = ledger.withLock { $0.find(id, now: now()) }
        expired.forEach(onExpiry)
        return entry
    }

    package func take(_ id: ApprovalID) -> Approval? {
        let (approval, expired) = ledger.withLock { $0.take(id, now: now()) }
        expired.forEach(onExpiry)
        return approval
    }
}

/// The approvals of one process as a pure state machine: no clock, no lock, no log.
///
/// `now` is the reading of a monotonic clock that never goes back. Every call that changes something also returns the approvals that
/// expired since the last one, for the audit.
package struct ApprovalLedger: Sendable {
    /// What became of a put.
    package enum Put: Sendable, Hashable {
        /// It is stored.
        case stored
        /// Its owner has too many live approvals.
        case ownerLimitReached
        /// The process has too many live approvals.
        case totalLimitReached
        /// The id is in use; nothing is overwritten.
        case duplicateID
    }

    /// What is known under an id.
    package enum Entry: Sendable {
        /// A live approval.
        case live(Approval)
        /// One that expired unused.
        case expired(ApprovalBinding)

        /// To whom and to what it belongs.
        package var binding: ApprovalBinding {
            switch self {
            case .live(let approval): approval.binding
            case .expired(let binding): binding
            }
        }
    }

    private struct Live: Sendable {
        let approval: Approval
        let issuedAt: Duration
    }

    private let limits: ApprovalLimits
    private var live: [ApprovalID: Live] = [:]
    private var perOwner: [ApprovalOwner: Int] = [:]
    /// In the order of their expiry, so that the oldest are at the front.
    private var tombstones: [ApprovalTombstone] = []

    /// An empty ledger.
    package init(limits: ApprovalLimits = ApprovalLimits()) { self.limits = limits }

    /// Stores an approval if the limits allow it.
    ///
    /// A live one is never evicted to make room.
    package mutating func put(_ approval: Approval, now: Duration) -> (outcome: Put, expired: [Approval]) {
        let expired = sweep(now: now)
        let owner = approval.binding.owner
        if live[approval.id] != nil || tombstones.contains(where: { $0.id == approval.id }) { return (.duplicateID, expired) }
        if perOwner[owner, default: 0] >= limits.perOwner { return (.ownerLimitReached, expired) }
        if live.count >= limits.total { return (.totalLimitReached, expired) }
        live[approval.id] = Live(approval: approval, issuedAt: now)
        perOwner[owner, default: 0] += 1
        return (.stored, expired)
    }

    /// What is known under the id; nil for one that is unknown, used, or expired so long ago that it is forgotten.
    package mutating func find(_ id: ApprovalID, now: Duration) -> (entry: Entry?, expired: [Approval]) {
        let expired = sweep(now: now)
        if let found = live[id] { return (.live(found.approval), expired) }
        return (tombstones.first { $0.id == id }.map { .expired($0.binding) }, expired)
    }

    /// Takes a live approval out; of several takers one gets it, and a used one leaves no trace.
    package mutating func take(_ id: ApprovalID, now: Duration) -> (approval: Approval?, expired: [Approval]) {
        let expired = sweep(now: now)
        return (remove(id)?.approval, expired)
    }

    /// How many are live and how many are remembered.
    package var counts: (live: Int, tombstones: Int) { (live.count, tombstones.count) }

    /// Turns what expired into tombstones and forgets the tombstones that are too old or too many.
    private mutating func sweep(now: Duration) -> [Approval] {
        let due = live.values.filter { now - $0.issuedAt > limits.lifetime }.sorted { $0.issuedAt < $1.issuedAt }
        for entry in due {
            _ = remove(entry.approval.id)
            tombstones.append(
                ApprovalTombstone(id: entry.approval.id, binding: entry.approval.binding, expiredAt: entry.issuedAt + limits.lifetime)
            )
        }
        let tooOld = tombstones.prefix { now - $0.expiredAt > limits.tombstoneLifetime }.count
        let surplus = max(tooOld, tombstones.count - limits.tombstones)
        if surplus > 0 { tombstones.removeFirst(surplus) }
        return due.map(\.approval)
    }

    private mutating func remove(_ id: ApprovalID) -> Live? {
        guard let removed = live.removeValue(forKey: id) else { return nil }
        let owner = removed.approval.binding.owner
        let left = perOwner[owner, default: 1] - 1
        perOwner[owner] = left > 0 ? left : nil
        return removed
    }
}

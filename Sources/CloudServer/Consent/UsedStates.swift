/// The states that were used and could still come back, as a pure state machine: no clock, no lock.
struct UsedStates: Sendable {
    /// What a use comes to.
    enum Use: Sendable, Hashable {
        /// It is the first one, and remembered.
        case first
        /// The state was used before.
        case again
        /// The state has expired, by the latest time that was ever seen.
        case expired
        /// Too many are remembered; it is not used up.
        case full
    }

    private struct Entry: Sendable {
        let owner: ApprovalOwner
        let expires: Int64
    }

    /// The most that are remembered of one subject and tenant.
    let perOwner: Int
    /// The most that are remembered.
    let total: Int
    private var entries: [String: Entry] = [:]
    private var counts: [ApprovalOwner: Int] = [:]
    private var latest = Int64.min

    init(perOwner: Int = 256, total: Int = 4_096) {
        self.perOwner = perOwner
        self.total = total
    }

    /// How many are remembered.
    var count: Int { entries.count }

    /// Uses a state.
    ///
    /// A clock that is set back cannot bring an expired state to life again: what is forgotten stays expired.
    mutating func use(_ nonce: String, by owner: ApprovalOwner, until expires: Int64, now: Int64) -> Use {
        latest = max(latest, now)
        sweep()
        guard expires > latest else { return .expired }
        if entries[nonce] != nil { return .again }
        guard entries.count < total, counts[owner, default: 0] < perOwner else { return .full }
        entries[nonce] = Entry(owner: owner, expires: expires)
        counts[owner, default: 0] += 1
        return .first
    }

    private mutating func sweep() {
        for (nonce, entry) in entries where entry.expires <= latest {
            entries[nonce] = nil
            let left = counts[entry.owner, default: 1] - 1
            counts[entry.owner] = left > 0 ? left : nil
        }
    }
}

/// Who has how many sessions, so that the one with the most is found at once: a step costs the same whatever their number.
struct OwnerRanks: Sendable {
    private var counts: [SessionOwner: Int] = [:]
    private var owners: [Int: Set<SessionOwner>] = [:]
    private var highest = 0

    /// The number of sessions of an owner.
    func count(of owner: SessionOwner) -> Int { counts[owner, default: 0] }

    /// One of those with the most sessions, and how many; nil when nobody has any.
    var top: (owner: SessionOwner, count: Int)? { owners[highest]?.first.map { ($0, highest) } }

    /// Whether nobody has any.
    var isEmpty: Bool { counts.isEmpty && owners.isEmpty && highest == 0 }

    /// An owner has one more.
    mutating func increment(_ owner: SessionOwner) { move(owner, by: 1) }

    /// An owner has one less.
    mutating func decrement(_ owner: SessionOwner) { move(owner, by: -1) }

    private mutating func move(_ owner: SessionOwner, by step: Int) {
        let old = count(of: owner)
        let new = max(old + step, 0)
        counts[owner] = new > 0 ? new : nil
        owners[old]?.remove(owner)
        if owners[old]?.isEmpty == true { owners[old] = nil }
        if new > 0 { owners[new, default: []].insert(owner) }
        // Steps are of one, so the next lower rank is the owner's own new one.
        if new > highest || (old == highest && owners[old] == nil) { highest = new }
    }
}

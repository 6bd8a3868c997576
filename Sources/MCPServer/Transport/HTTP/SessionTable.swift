/// The sessions of one listener and who may have another, as a value without a clock, a lock or a socket.
///
/// Whoever is at a limit makes room with an idle session of their own, the least recently used; what is in use is never ended. Only when the
/// whole table is full does the owner with the most sessions make room for one with clearly fewer.
struct SessionTable<Content: Sendable>: Sendable {
    /// Why there is no room.
    enum Refusal: Error, Hashable {
        /// The caller has as many as one may have, and all are in use.
        case ownerLimit(Int)
        /// The table is full, and nobody who should make room can.
        case full
    }

    private struct Entry: Sendable {
        let owner: SessionOwner
        let content: Content
        var lastUse: ContinuousClock.Instant
        /// Its place in the order of all uses.
        var order: Int
        /// How many requests hold it at the moment.
        var holds = 0
    }

    private let limit: Int
    private let limitPerOwner: Int
    private var entries: [String: Entry] = [:]
    private var owned: [SessionOwner: Set<String>] = [:]
    private var ranks = OwnerRanks()
    private var uses = 0

    /// An empty table.
    init(limit: Int, limitPerOwner: Int) {
        self.limit = limit
        self.limitPerOwner = limitPerOwner
    }

    /// How many sessions there are.
    var count: Int { entries.count }

    /// How many sessions a caller has.
    func count(of owner: SessionOwner) -> Int { ranks.count(of: owner) }

    /// Whether nothing is left of anybody.
    var isEmpty: Bool { entries.isEmpty && owned.isEmpty && ranks.isEmpty }

    /// All ids.
    var ids: [String] { Array(entries.keys) }

    /// What all sessions hold.
    var contents: [Content] { entries.values.map(\.content) }

    /// Adds a session.
    ///
    /// - Parameter isInUse: whether a session must not be ended to make room; those that a request holds are not asked.
    /// - Returns: the session that made room and is no longer in the table, for the caller to end.
    mutating func add(
        _ id: String,
        _ content: Content,
        of owner: SessionOwner,
        now: ContinuousClock.Instant,
        isInUse: (Content) -> Bool
    ) throws(Refusal) -> Content? {
        var ended: Content?
        if count(of: owner) >= limitPerOwner {
            guard let victim = idle(of: owner, isInUse) else { throw .ownerLimit(limitPerOwner) }
            ended = remove(victim)
        } else if entries.count >= limit {
            guard let victim = idleOfTheLargest(for: owner, isInUse) ?? idle(of: owner, isInUse) else { throw .full }
            ended = remove(victim)
        }
        uses += 1
        entries[id] = Entry(owner: owner, content: content, lastUse: now, order: uses)
        owned[owner, default: []].insert(id)
        ranks.increment(owner)
        return ended
    }

    /// The session of that id if it belongs to the caller, which counts as a use.
    ///
    /// - Parameter holding: Whether it stays in use until `release`.
    mutating func use(_ id: String, by owner: SessionOwner, now: ContinuousClock.Instant, holding: Bool = false) -> Content? {
        guard let entry = entries[id], entry.owner == owner else { return nil }
        uses += 1
        entries[id]?.lastUse = now
        entries[id]?.order = uses
        if holding { entries[id]?.holds += 1 }
        return entry.content
    }

    /// A request no longer holds a session; one that has ended meanwhile is none.
    mutating func release(_ id: String) {
        guard let holds = entries[id]?.holds, holds > 0 else { return }
        entries[id]?.holds = holds - 1
    }

    /// Takes a session out.
    mutating func remove(_ id: String) -> Content? {
        guard let entry = entries.removeValue(forKey: id) else { return nil }
        owned[entry.owner]?.remove(id)
        if owned[entry.owner]?.isEmpty == true { owned[entry.owner] = nil }
        ranks.decrement(entry.owner)
        return entry.content
    }

    /// Takes out the sessions that nobody has used for longer than this, or uses now.
    mutating func expire(_ idleTime: Duration, now: ContinuousClock.Instant, isInUse: (Content) -> Bool) -> [Content] {
        let expired = entries.filter { _, entry in
            entry.lastUse.duration(to: now) > idleTime && entry.holds == 0 && !isInUse(entry.content)
        }
        return expired.keys.compactMap { remove($0) }
    }

    /// The least recently used session of an owner that is not in use.
    private func idle(of owner: SessionOwner, _ isInUse: (Content) -> Bool) -> String? {
        let candidates = (owned[owner] ?? []).compactMap { id in entries[id].map { (id: id, entry: $0) } }
        return candidates.sorted { $0.entry.order < $1.entry.order }.first { $0.entry.holds == 0 && !isInUse($0.entry.content) }?.id
    }

    /// An idle session of the owner with the most, if that one still has no fewer than the caller afterwards: nobody loses the only one, and
    /// two do not take turns.
    private func idleOfTheLargest(for caller: SessionOwner, _ isInUse: (Content) -> Bool) -> String? {
        guard let top = ranks.top, top.count >= count(of: caller) + 2 else { return nil }
        return idle(of: top.owner, isInUse)
    }
}

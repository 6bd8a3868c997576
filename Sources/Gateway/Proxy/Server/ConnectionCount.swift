import Synchronization

/// The number of open client connections of all event loops.
final class ConnectionCount: Sendable {
    /// There are as many connections as may be.
    struct LimitReached: Error {}

    private let value = Atomic(0)

    /// No connections.
    init() {}

    /// The number of open connections.
    var count: Int { value.load(ordering: .relaxed) }

    /// Counts another connection.
    ///
    /// - Throws: ``LimitReached``, and nothing is counted, when there are `limit` of them.
    func open(limit: Int?) throws(LimitReached) {
        let (_, count) = value.add(1, ordering: .relaxed)
        if let limit, count > limit {
            close()
            throw LimitReached()
        }
    }

    /// A connection is over.
    func close() { value.subtract(1, ordering: .relaxed) }
}

import Synchronization

/// Holds the revocation list in force.
///
/// Any thread. Asked for every request, also for tokens that were verified a moment ago.
final class RevocationStore: Sendable {
    /// Yields after each replacement; for one listener.
    let changes: AsyncStream<Void>

    private let list: Mutex<RevocationList>
    private let change: AsyncStream<Void>.Continuation

    /// A store with its first list.
    init(_ list: RevocationList = RevocationList()) {
        self.list = Mutex(list)
        (changes, change) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The list in force.
    var current: RevocationList { list.withLock { $0 } }

    /// Puts another list in force, for the requests that begin from now on.
    func replace(with list: RevocationList) {
        let isChange = self.list.withLock { current in
            defer { current = list }
            return current != list
        }
        if isChange { change.yield() }
    }
}

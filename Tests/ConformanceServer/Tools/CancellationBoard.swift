import Synchronization

/// What became of cancellable calls, by their keys; shared by all clients.
final class CancellationBoard: Sendable {
    /// What became of a call.
    enum Fate: String, CaseIterable, Sendable {
        case unknown, running, completed, cancelled
    }

    private let fates = Mutex<[String: Fate]>([:])

    subscript(_ key: String) -> Fate {
        get { fates.withLock { $0[key] ?? .unknown } }
        set { fates.withLock { $0[key] = newValue } }
    }
}

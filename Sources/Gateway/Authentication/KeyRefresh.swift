import Synchronization

/// A running fetch of verification keys, which any number of requests may wait for (gateway.md §7.4).
final class KeyRefresh: Sendable {
    private enum State {
        case running([@Sendable () -> Void])
        case over
    }

    private let state = Mutex(State.running([]))

    /// A fetch that has begun.
    init() {}

    /// Calls back once, on any thread, when the fetch is over, successful or not; at once if it is over already.
    func whenOver(_ callback: @escaping @Sendable () -> Void) {
        let isOver = state.withLock { state in
            switch state {
            case .running(let waiting):
                state = .running(waiting + [callback])
                return false
            case .over:
                return true
            }
        }
        if isOver { callback() }
    }

    /// Ends the fetch and calls everyone who waits.
    func finish() {
        let waiting = state.withLock { state in
            defer { state = .over }
            if case .running(let waiting) = state { return waiting }
            return []
        }
        for callback in waiting { callback() }
    }
}

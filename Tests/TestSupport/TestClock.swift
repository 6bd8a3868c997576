import Synchronization

/// A monotonic clock that only a test moves.
package final class TestClock: Sendable {
    private let time = Mutex<Duration>(.zero)

    /// A clock at zero.
    package init() {}

    /// The time since the clock began.
    package var now: Duration { time.withLock { $0 } }

    /// Moves the clock.
    package func advance(by duration: Duration) { time.withLock { $0 += duration } }
}

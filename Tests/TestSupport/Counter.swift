import Synchronization

/// Counts up from 1; stands in for chance.
package final class Counter: Sendable {
    private let value = Mutex<UInt64>(0)

    /// A counter at 0.
    package init() {}

    /// The next number.
    package func next() -> UInt64 {
        value.withLock { value in
            value += 1
            return value
        }
    }
}

package import FoundationEssentials

/// Time as the client needs it, injected so that tests do not sleep.
package struct CloudClock: Sendable {
    /// The time of day, for signatures and dates in headers.
    package let now: @Sendable () -> Date
    /// Waits so long; throws at once when the task is cancelled.
    package let sleep: @Sendable (Duration) async throws -> Void

    /// A clock of these functions.
    package init(now: @escaping @Sendable () -> Date, sleep: @escaping @Sendable (Duration) async throws -> Void) {
        self.now = now
        self.sleep = sleep
    }

    /// The machine's clock.
    package static let system = CloudClock(now: { Date() }, sleep: { try await Task.sleep(for: $0) })
}

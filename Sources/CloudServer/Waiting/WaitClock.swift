/// Time as waiting needs it, injected so that tests do not sleep.
package struct WaitClock: Sendable {
    /// The time since a fixed point; never goes back.
    package let now: @Sendable () -> Duration
    /// Waits so long; throws `CancellationError` at once when the task is cancelled.
    package let sleep: @Sendable (Duration) async throws -> Void

    /// A clock of these functions.
    package init(now: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void) {
        self.now = now
        self.sleep = sleep
    }

    /// The machine's clock.
    package static var system: WaitClock {
        let start = ContinuousClock.now
        return WaitClock(now: { start.duration(to: .now) }, sleep: { try await Task.sleep(for: $0) })
    }
}

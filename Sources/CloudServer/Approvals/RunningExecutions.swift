import Synchronization

/// The confirmed executions that still run.
///
/// They outlive the calls that started them, and a process that ends waits for them.
package final class RunningExecutions: Sendable {
    private struct State {
        var running = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// No execution.
    package init() {}

    /// How many run now.
    package var count: Int { state.withLock { $0.running } }

    /// Runs an execution to its end, whether or not the calling task is cancelled meanwhile, and returns its outcome.
    ///
    /// Task-local values are those of the caller.
    func run<Success: Sendable>(_ operation: @escaping @Sendable () async -> Success) async -> Success {
        state.withLock { $0.running += 1 }
        // Not a child task: a child would be cancelled together with the call when the client goes away.
        let execution = Task {
            let outcome = await operation()
            self.end()
            return outcome
        }
        return await execution.value
    }

    /// Returns when none runs; at once if so.
    package func waitUntilIdle() async {
        await withCheckedContinuation { continuation in
            let idle = state.withLock { state in
                if state.running > 0 { state.waiters.append(continuation) }
                return state.running == 0
            }
            if idle { continuation.resume() }
        }
    }

    private func end() {
        let waiters = state.withLock { state in
            state.running -= 1
            guard state.running == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}

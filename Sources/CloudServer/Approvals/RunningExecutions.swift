import Synchronization

/// The confirmed executions that still run.
///
/// They outlive the calls that started them, and a process that ends waits for them.
package final class RunningExecutions: Sendable {
    private struct State {
        var running: [Int: @Sendable () -> Void] = [:]
        var started = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// No execution.
    package init() {}

    /// How many run now.
    package var count: Int { state.withLock { $0.running.count } }

    /// Runs an execution to its end, whether or not the calling task is cancelled meanwhile, and returns its outcome.
    ///
    /// Task-local values are those of the caller.
    ///
    /// - Parameter abandoned: Called if the process ends before the execution does, to record that its outcome is unknown.
    func run<Success: Sendable>(
        abandoned: @escaping @Sendable () -> Void = {},
        _ operation: @escaping @Sendable () async -> Success
    ) async -> Success {
        let number = state.withLock { state in
            state.started += 1
            state.running[state.started] = abandoned
            return state.started
        }
        // Not a child task: a child would be cancelled together with the call when the client goes away.
        let execution = Task {
            let outcome = await operation()
            self.end(number)
            return outcome
        }
        return await execution.value
    }

    /// Records of every execution that still runs that its outcome will not be known; for a process that must end now.
    package func abandonAll() {
        let abandoned = state.withLock { $0.running.sorted { $0.key < $1.key }.map(\.value) }
        for record in abandoned { record() }
    }

    /// Returns when none runs; at once if so.
    package func waitUntilIdle() async {
        await withCheckedContinuation { continuation in
            let idle = state.withLock { state in
                if !state.running.isEmpty { state.waiters.append(continuation) }
                return state.running.isEmpty
            }
            if idle { continuation.resume() }
        }
    }

    private func end(_ number: Int) {
        let waiters = state.withLock { state in
            state.running[number] = nil
            guard state.running.isEmpty else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}

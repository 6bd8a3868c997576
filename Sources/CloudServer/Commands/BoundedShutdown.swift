import ServiceLifecycle

/// A transport whose end waits for confirmed executions, and whose shutdown has a limit.
///
/// Whoever sent the signal is going to kill the process soon; until then what runs may finish.
struct BoundedShutdown: Service {
    let transport: any Service
    let executions: RunningExecutions
    let limit: Duration
    /// What happens when a shutdown takes longer: the end of the process.
    let overrun: @Sendable () -> Void

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await transport.run()
            // Past approvals.md §4 step 7 neither the end of the input nor a lost connection stops an execution.
            await executions.waitUntilIdle()
        } onGracefulShutdown: {
            Task {
                try await Task.sleep(for: limit)
                overrun()
            }
        }
    }
}

import ServiceLifecycle

/// A transport whose end waits for confirmed executions, and whose shutdown has a limit.
///
/// Whoever sent the signal is going to kill the process soon; until then what runs may finish.
struct BoundedShutdown: Service, CustomStringConvertible {
    let transport: any Service
    let executions: RunningExecutions
    let limit: Duration
    /// What happens when a shutdown takes longer: the end of the process.
    let overrun: @Sendable () -> Void

    /// The name under which a service group logs it.
    ///
    /// Without one, starting the group would print every tool and schema within, which took longer than all else that happens at a start.
    var description: String { "transport" }

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

import JSONRPC
import ProcessSupport
import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A transport whose end waits for confirmed executions, and whose shutdown ends the process when it takes too long.
///
/// Whoever sent the signal is going to kill the process soon; until then what runs may finish, and what is cut off is recorded.
struct BoundedShutdown: Service {
    let transport: any Service
    let executions: RunningExecutions
    let limit: Duration
    let log: EventLog

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await transport.run()
            // Past approvals.md §4 step 7 neither the end of the input nor a lost connection stops an execution.
            await executions.waitUntilIdle()
        } onGracefulShutdown: {
            Task {
                try await Task.sleep(for: limit)
                log.warning("shutdown-forced", ["executions_running": .int(executions.count)])
                exit(ExitCode.success.rawValue)
            }
        }
    }
}

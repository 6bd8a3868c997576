import JSONRPC
import Logging
import ProcessSupport
import ServiceLifecycle
import UnixSignals

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Runs a transport until it ends, until SIGTERM or SIGINT, or until stdin closes where that is asked for.
struct ServerLifecycle: Sendable {
    /// The confirmed executions, which the end waits for.
    let executions: RunningExecutions
    /// How long running calls may go on after a signal.
    let grace: Duration
    /// Whether the end of stdin ends the server.
    let endsWhenStdinCloses: Bool
    let log: EventLog
    /// Called last when running calls must be given up and the process ends at once.
    var whenForced: @Sendable () -> Void = {}

    /// Returns after a clean stop.
    ///
    /// - Throws: what the transport throws, for example when it cannot listen.
    func run(_ transport: any Service) async throws {
        let service = BoundedShutdown(transport: transport, executions: executions, limit: grace + .milliseconds(500)) {
            log.warning("shutdown-forced", ["executions_running": .int(executions.count)])
            executions.abandonAll()
            whenForced()
            exit(ExitCode.success.rawValue)
        }
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(
                    service: service,
                    successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .cancelGroup
                )
            ],
            logger: Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() }
        )
        configuration.gracefulShutdownSignals = [.sigterm, .sigint]
        let group = ServiceGroup(configuration: configuration)
        if endsWhenStdinCloses {
            StandardInput.whenClosed { Task { await group.triggerGracefulShutdown() } }
        }
        try await group.run()
    }
}

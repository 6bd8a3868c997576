import ProcessSupport

/// Runs one process of a managed server.
///
/// The real one is ``SubprocessLauncher``; tests give their own.
protocol ChildLauncher: Sendable {
    /// Runs the process until it has ended.
    ///
    /// Cancellation ends it: SIGTERM to its group, SIGKILL after 5 s.
    ///
    /// - Parameters:
    ///   - command: The executable and its arguments.
    ///   - environment: All its variables.
    ///   - onLine: Receives each line of its stderr.
    func run(
        _ command: GatewayPlan.Command,
        environment: [String: String],
        onLine: @escaping @Sendable (String) -> Void
    ) async -> ChildExit

    /// Whether an HTTP server answers on this port of 127.0.0.1.
    func isAnswering(port: Int) async -> Bool

    /// A port of 127.0.0.1 that is free at this moment; nil when there is none.
    func freePort() async -> Int?
}

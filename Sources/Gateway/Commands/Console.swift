import ProcessSupport

/// What a command has of the world: environment, files, clock, stdin, stdout, stderr.
///
/// Injected, so that commands are tested as functions.
struct Console: Sendable {
    /// Environment, files and executables.
    let host: HostContext
    /// Seconds since 1970.
    let now: @Sendable () -> Double
    /// Reads stdin to its end, at most so many bytes.
    let readInput: @Sendable (Int) -> [UInt8]
    /// Writes a text to stdout.
    let out: @Sendable (String) -> Void
    /// Writes a text to stderr.
    let error: @Sendable (String) -> Void
    /// Runs an executable and gives what it writes to stdout; nil when it fails.
    let capture: @Sendable (_ executable: String, _ arguments: [String], _ environment: Environment) async -> [UInt8]?

    /// Writes each problem as a line to stderr.
    func report(_ problems: ConfigurationProblems) {
        for problem in problems.problems { error("\(problem)\n") }
    }
}

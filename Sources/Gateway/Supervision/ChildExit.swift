/// How a managed server ended.
enum ChildExit: Sendable, Hashable {
    /// By itself, with this code.
    case code(Int32)
    /// By this signal.
    case signal(Int32)
    /// It was never started.
    case notStarted(String)

    /// The exit code, where there is one.
    var exitCode: Int32? {
        if case .code(let code) = self { return code }
        return nil
    }

    /// A few words for `/status` and the log.
    var text: String {
        switch self {
        case .code(RestartBackoff.configurationExit): "exited with code 2: its configuration is wrong, see its log records"
        case .code(let code): "exited with code \(code)"
        case .signal(let signal): "ended by signal \(signal)"
        case .notStarted(let reason): "could not be started: \(reason)"
        }
    }
}

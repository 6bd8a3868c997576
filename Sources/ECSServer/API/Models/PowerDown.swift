/// How a server is stopped or rebooted.
enum PowerDown: String, Sendable, CaseIterable {
    /// The operating system shuts down.
    case soft = "SOFT"
    /// As if the power were cut.
    case hard = "HARD"
}

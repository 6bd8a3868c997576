/// How a process of ours ends (servers.md §7.1, gateway.md §3).
package enum ExitCode: Int32, Sendable {
    /// A clean end.
    case success = 0
    /// A failure at run time, an address in use for example.
    case failure = 1
    /// The command line or the configuration is wrong; starting again does not help.
    case usage = 2
}

import ArgumentParser

/// The command line that the three servers share (servers.md §7.1).
///
/// Values that are also variables are kept as text: they are checked together with the variables, so that every problem is told at once.
struct ServerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("stdio, sse or streamable-http (the last two start the same listener).", valueName: "name"),
        completion: .list(["stdio", "sse", "streamable-http"])
    )
    var transport: String?

    @Option(help: ArgumentHelp("Address of the listener: an address, localhost, or unix:/path.", valueName: "address"))
    var host: String?

    @Option(help: ArgumentHelp("Port of the listener, 0…65535; 0 = any free port, which is logged.", valueName: "number"))
    var port: String?

    @Option(
        help: ArgumentHelp("trace, debug, info, notice, warning, error or critical.", valueName: "level"),
        completion: .list(["trace", "debug", "info", "notice", "warning", "error", "critical"])
    )
    var logLevel: String?

    @Option(help: ArgumentHelp("Log to this file as well as to stderr; rotated at 10 MiB.", valueName: "path"), completion: .file())
    var logFile: String?

    @Option(
        help: ArgumentHelp("auto, two-phase, elicit or four-eyes.", valueName: "policy"),
        completion: .list(["auto", "two-phase", "elicit", "four-eyes"])
    )
    var approvalPolicy: String?

    @Option(
        help: ArgumentHelp(
            "Append one chained record for each tool call to this file; changes are refused while that fails.",
            valueName: "path"
        ),
        completion: .file()
    )
    var auditFile: String?

    @Option(help: ArgumentHelp("Read variables from this file; the real environment wins.", valueName: "path"), completion: .file())
    var envFile: String?

    @Flag(help: "Listen beyond this machine although no identity key is configured. Anyone who can connect is then an administrator.")
    var allowUnauthenticated = false

    @Flag(help: "Print the tools with their roles and what the filters do to them, and exit. Needs no credentials.")
    var listTools = false

    @Option(help: ArgumentHelp("With --list-tools: text, json, or markdown for the whole reference.", valueName: "format"))
    var format: ListFormat?

    /// How `--list-tools` prints.
    enum ListFormat: String, ExpressibleByArgument, CaseIterable {
        case text, json, markdown
    }

    mutating func validate() throws {
        if format != nil, !listTools { throw ValidationError("--format belongs to --list-tools.") }
    }

    /// The options that beat variables, by their names.
    var values: [String: String] {
        let given: [(String, String?)] = [
            ("--transport", transport), ("--host", host), ("--port", port), ("--log-level", logLevel), ("--log-file", logFile),
            ("--audit-file", auditFile),
            ("--approval-policy", approvalPolicy),
        ]
        return given.reduce(into: [:]) { values, option in values[option.0] = option.1 }
    }
}

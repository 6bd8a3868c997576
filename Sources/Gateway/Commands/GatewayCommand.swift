import ArgumentParser

/// The command line of the gateway.
struct GatewayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp-gateway",
        abstract: "The only door to the MCP servers: authenticates, authorises, limits, audits and forwards.",
        version: "mcp-gateway \(GatewayVersion.current)",
        subcommands: [ServeCommand.self, TokenCommand.self, ConfigCommand.self, ExplainCommand.self, AuditCommand.self],
        defaultSubcommand: ServeCommand.self
    )
}

/// The token commands.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make keys and tokens, and check tokens.",
        subcommands: [KeygenCommand.self, CreateTokenCommand.self, VerifyTokenCommand.self]
    )

    func run() throws {
        throw ValidationError("say which: keygen, create or verify")
    }
}

/// The configuration commands.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Check the configuration and see what it would start.",
        subcommands: [ValidateConfigCommand.self, PreviewConfigCommand.self]
    )

    func run() throws {
        throw ValidationError("say which: validate or preview")
    }
}

import ArgumentParser
import ProcessSupport

/// `serve`: the gateway itself.
struct ServeCommand: RunnableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Run the gateway. This is the default.")

    @OptionGroup var manifest: ManifestOptions

    @Flag(help: "Unknown service names are errors.")
    var strict = false

    @Option(help: ArgumentHelp("Where to listen: an address, localhost or unix:/path (MCP_GATEWAY_HOST, 127.0.0.1).", valueName: "addr"))
    var host: String?

    @Option(help: ArgumentHelp("The port; 0 is any free one (MCP_GATEWAY_PORT, 8080).", valueName: "n"))
    var port: String?

    @Option(help: ArgumentHelp("The port of the admin listener on loopback, or off (MCP_GATEWAY_ADMIN_PORT, 9090).", valueName: "n"))
    var adminPort: String?

    @Option(
        help: ArgumentHelp("trace, debug, info, notice, warning, error or critical (MCP_GATEWAY_LOG_LEVEL, info).", valueName: "level"),
        completion: .list(["trace", "debug", "info", "notice", "warning", "error", "critical"])
    )
    var logLevel: String?

    @Option(
        help: ArgumentHelp(
            """
            A JSON file {"jti": […], "sub": […]} of revoked tokens and subjects, watched while the gateway runs \
            (MCP_JWT_REVOCATIONS, jwt.revocations).
            """,
            valueName: "path"
        )
    )
    var revocations: String?

    @Option(
        help: ArgumentHelp(
            """
            Append one chained record for each request to this file; while that fails, nothing is forwarded \
            (MCP_GATEWAY_AUDIT_FILE). Check it with mcp-gateway audit verify.
            """,
            valueName: "path"
        )
    )
    var auditFile: String?

    @Option(help: ArgumentHelp("A file of NAME=VALUE lines; the real environment wins.", valueName: "path"), completion: .file())
    var envFile: String?

    @Flag(help: "Listen on an address that is not loopback although anyone may call.")
    var allowUnauthenticated = false

    @Flag(help: "Validate everything, print one line and exit.")
    var printOnly = false

    private var options: GatewayOptions {
        var options = manifest.options
        options.isStrict = strict
        options.host = host
        options.port = port
        options.adminPort = adminPort
        options.logLevel = logLevel
        options.revocations = revocations
        options.auditFile = auditFile
        options.envFile = envFile
        options.allowsUnauthenticated = allowUnauthenticated
        return options
    }

    func run(on console: Console) async -> ProcessSupport.ExitCode {
        let plan: GatewayPlan
        do throws(ConfigurationProblems) {
            plan = try GatewayPlan.load(options, on: console.host, for: .serve)
        } catch {
            console.report(error)
            return .usage
        }
        let audit: AuditFile?
        do throws(AuditFile.Failure) {
            audit = if let path = plan.settings.auditFile { try AuditFile(path: path) } else { nil }
        } catch {
            console.error("MCP_GATEWAY_AUDIT_FILE: \(error)\n")
            return .usage
        }
        if printOnly {
            console.out(plan.summary + "\n")
            return .success
        }
        return await GatewayProcess(plan, options: options, audit: audit, console: console).run()
    }
}

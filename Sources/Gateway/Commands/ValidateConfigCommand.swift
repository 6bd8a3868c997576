import ArgumentParser
import ProcessSupport

/// `config validate`: manifest and keys.
struct ValidateConfigCommand: RunnableCommand {
    static let configuration = CommandConfiguration(commandName: "validate", abstract: "Check the manifest and the keys.")

    @Option(help: ArgumentHelp("The manifest (MCP_GATEWAY_MANIFEST, manifest.json).", valueName: "path"), completion: .file())
    var manifest: String?

    func run(on console: Console) async -> ProcessSupport.ExitCode {
        do throws(ConfigurationProblems) {
            _ = try GatewayPlan.load(GatewayOptions(manifest: manifest), on: console.host, for: .validate)
        } catch {
            console.report(error)
            return .usage
        }
        console.out("ok\n")
        return .success
    }
}

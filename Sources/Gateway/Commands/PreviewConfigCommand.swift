import ArgumentParser
import JSONRPC
import ProcessSupport

/// `config preview`: what `serve` would start.
///
/// Binds nothing.
struct PreviewConfigCommand: RunnableCommand {
    static let configuration = CommandConfiguration(commandName: "preview", abstract: "Show what serve would start.")

    @OptionGroup var manifest: ManifestOptions

    @Option(help: "The output: text or json.")
    var format = OutputFormat.text

    @Flag(help: "Ask each managed server for its tools.")
    var tools = false

    func run(on console: Console) async -> ProcessSupport.ExitCode {
        let plan: GatewayPlan
        do throws(ConfigurationProblems) {
            plan = try GatewayPlan.load(manifest.options, on: console.host, for: .inspect)
        } catch {
            console.report(error)
            return .usage
        }
        var rows: [ServicePreview] = []
        for choice in plan.selection.choices { rows.append(await preview(choice, plan, console)) }
        for name in plan.selection.unknownNames { console.error("warning: there is no service \(JSONValue.string(name).text())\n") }
        let report = PreviewReport(plan: plan, services: rows)
        console.out(format == .json ? report.json.text(.pretty(indent: 2)) + "\n" : report.text)
        return report.isOK ? .success : .failure
    }

    private func preview(_ choice: ServiceSelection.Choice, _ plan: GatewayPlan, _ console: Console) async -> ServicePreview {
        var preview = ServicePreview(service: choice.service, skipReason: choice.skipReason)
        guard case .command(let words) = choice.service.target, let name = words.first else { return preview }
        guard let executable = console.host.executables.find(name, manifestFolder: plan.manifest.folder) else {
            preview.problem = "executable \(JSONValue.string(name).text()) not found"
            return preview
        }
        guard tools else { return preview }
        let output = await console.capture(
            executable,
            words.dropFirst() + ["--list-tools", "--format", "json"],
            plan.settings.variables
        )
        if let output, let rows = try? JSONParser.parse(output).arrayValue {
            preview.tools = rows
        } else {
            preview.problem = "the server does not list its tools"
        }
        return preview
    }
}

import ArgumentParser
import AsyncHTTPClient
import AuthCommon
import JSONRPC
import ProcessSupport

/// `explain`: what the gateway would do with a request, decided by its own code.
struct ExplainCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say what the gateway would do with a request, and why."
    )

    @OptionGroup var manifest: ManifestOptions

    @Option(help: "The path of the request, with the mount: /ecs/mcp.")
    var path: String

    @Option(help: "The method.")
    var method = "POST"

    @Option(help: "The caller's token. It is never printed.")
    var token: String?

    @Option(help: ArgumentHelp("The caller's roles, in place of a token.", valueName: "list"))
    var roles: String?

    @Option(help: ArgumentHelp("A tool: says which role it needs.", valueName: "name"))
    var tool: String?

    @Option(help: "The output: text or json.")
    var format = OutputFormat.text

    func validate() throws {
        if token != nil && roles != nil { throw ValidationError("give --token or --roles, not both") }
    }

    func run(on console: Console) async -> ProcessSupport.ExitCode {
        let plan: GatewayPlan
        do throws(ConfigurationProblems) {
            plan = try GatewayPlan.load(manifest.options, on: console.host, for: roles == nil ? .validate : .inspect)
        } catch {
            console.report(error)
            return .usage
        }
        let report = ExplainReport(await decide(plan, console), tool: tool)
        console.out(format == .json ? report.json.text(.pretty(indent: 2)) + "\n" : report.text)
        return report.isAllowed ? .success : .failure
    }

    private func decide(_ plan: GatewayPlan, _ console: Console) async -> Decision {
        let keys = KeyStore(plan.keys)
        if let url = plan.keySetURL, plan.settings.mode == .jwt, token != nil { await Self.fetchKeys(url, into: keys) }
        let authenticator =
            if let roles {
                Authenticator(development: Identity(subject: "explain", roles: roles.commaList), loopbackOnly: false)
            } else {
                plan.authenticator(keys: keys, revocations: RevocationStore(plan.revocations?.list ?? RevocationList()))
            }
        let engine = plan.engine(authenticator: authenticator) { Readiness(directory: UpstreamDirectory(), hasKeys: true) }
        let host = plan.manifest.publicURL?.host ?? "localhost"
        var facts = RequestFacts(method: method, target: path, host: host, peer: PeerAddress(text: "127.0.0.1", isLoopback: true))
        if let token { facts.authorization = ["Bearer \(token.trimmed)"] }
        return engine.decide(facts, now: console.now())
    }

    private static func fetchKeys(_ url: String, into keys: KeyStore) async {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .withoutRedirects)
        if let (document, _) = try? await KeySetFetcher(url: url, client: client).fetch(), let members = try? KeySet.parse(document) {
            keys.replaceSet(members)
        }
        try? await client.shutdown()
    }
}

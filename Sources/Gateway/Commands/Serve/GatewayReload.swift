import AuthCommon
import JSONRPC
import ProcessSupport

/// SIGHUP: reads manifest and keys again and puts them in force as a whole, or changes nothing (gateway.md §12).
struct GatewayReload: Sendable {
    private let options: GatewayOptions
    private let host: HostContext
    private var plan: GatewayPlan

    /// Reloads for a gateway that runs this plan.
    init(options: GatewayOptions, host: HostContext, plan: GatewayPlan) {
        self.options = options
        self.host = host
        self.plan = plan
    }

    /// Reloads once.
    mutating func run(_ parts: GatewayParts, _ proxy: ProxyServer) async {
        let next: GatewayPlan
        do throws(ConfigurationProblems) {
            next = try GatewayPlan.load(options, on: host, for: .serve, replacing: plan)
        } catch {
            parts.log.warning("reload-failed", ["error": .array(error.problems.map { .string("\($0)") })])
            return
        }
        let differences = PlanDifferences(from: plan, to: next)
        let ending = differences.endingServers
        // A server whose command changed is ended first: its successor has the same name.
        for service in ending.restarted { await parts.supervisor.stop(service) }
        parts.adopt(next)
        for command in next.commands { parts.supervisor.start(command) }
        let mounts = next.mounts
        await proxy.endStreams { mount, caller in
            mounts.contains { $0.service == mount.service && $0.path == mount.path && $0.admits(caller.identity.roles) }
        }
        for service in ending.removed {
            parts.directory.remove(service)
            await parts.supervisor.stop(service)
        }
        plan = next
        let changes: JSONObject = ["differences": .array(differences.texts.map(JSONValue.string))]
        parts.log.info("reloaded", changes)
        parts.audit?.write("reloaded", changes)
    }
}

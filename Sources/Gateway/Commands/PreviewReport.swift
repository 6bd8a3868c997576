import AuthCommon
import JSONRPC

/// One service in `config preview`.
struct ServicePreview: Sendable, Hashable {
    let service: ServiceEntry
    let skipReason: String?
    /// Why it could not start.
    var problem: String?
    /// What the server answered to `--list-tools`.
    var tools: [JSONValue]?

    /// The command line or the address.
    var target: String {
        switch service.target {
        case .command(let words): words.joined(separator: " ")
        case .upstream(let address): address.text
        }
    }

    /// The members of gateway.md §3.
    var json: JSONObject {
        var json: JSONObject = [
            "name": .string(service.name), "mount_path": .string(service.mountPath), "enabled": .bool(skipReason == nil),
            "skip_reason": .optional(skipReason), "required_roles": .array(service.requiredRoles.map(JSONValue.string)),
            "kind": .string(service.kind), "target": .string(target), "problem": .optional(problem),
        ]
        json.set("tool_policy", service.tools.map { .object($0.json) })
        json.set("tools", tools.map { .array($0.map(judged)) })
        return json
    }

    /// A tool as the server lists it, dropped too if the mount's policy leaves it out.
    func judged(_ tool: JSONValue) -> JSONValue {
        guard var row = tool.objectValue, row["kept"] == true, let name = row["name"]?.stringValue, let policy = service.tools,
            let reason = policy.verdict(name).reason
        else { return tool }
        row["kept"] = false
        row["reason"] = .string("\(reason) of services[].tools")
        return .object(row)
    }
}

/// What `config preview` prints.
struct PreviewReport: Sendable {
    let plan: GatewayPlan
    let services: [ServicePreview]

    /// Whether every enabled service could start.
    var isOK: Bool { services.allSatisfy { $0.skipReason != nil || $0.problem == nil } }

    var json: JSONObject {
        var json: JSONObject = [
            "manifest_path": .string(plan.manifest.path), "auth_mode": .string(plan.settings.mode.rawValue),
            "jwt_issuer": .string(plan.rules.issuer), "ok": .bool(isOK), "services": .array(services.map { .object($0.json) }),
        ]
        if !trustedProxies.isEmpty { json["trusted_proxies"] = .array(trustedProxies.map(JSONValue.string)) }
        return json
    }

    var text: String {
        var lines = ["manifest \(plan.manifest.path), mode \(plan.settings.mode.rawValue), issuer \(plan.rules.issuer)"]
        if !trustedProxies.isEmpty { lines.append("trusted proxies: \(trustedProxies.joined(separator: ", "))") }
        for preview in services {
            let roles = preview.service.requiredRoles.isEmpty ? "any caller" : preview.service.requiredRoles.joined(separator: ",")
            lines.append(
                "\(preview.skipReason == nil ? "on " : "off") \(preview.service.name) at \(preview.service.mountPath) "
                    + "[\(roles)] \(preview.service.kind): \(preview.target)"
            )
            if let reason = preview.skipReason { lines.append("    switched off by \(reason)") }
            if let policy = preview.service.tools { lines.append("    tools: \(policy.json.text())") }
            if let problem = preview.problem { lines.append("    problem: \(problem)") }
            for tool in preview.tools ?? [] { lines.append("    \(Self.line(preview.judged(tool)))") }
        }
        lines.append(isOK ? "ok" : "not ok: see the problems above")
        return lines.joined(separator: "\n") + "\n"
    }

    private var trustedProxies: [String] { plan.manifest.trustedProxies.texts }

    private static func line(_ tool: JSONValue) -> String {
        let reason = tool["reason"]?.stringValue.map { ", dropped: \($0)" } ?? ""
        return "\(tool["name"]?.stringValue ?? "?") (\(tool["minimum_role"]?.stringValue ?? "?")\(reason))"
    }
}

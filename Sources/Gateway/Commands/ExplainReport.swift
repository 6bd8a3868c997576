import AuthCommon
import JSONRPC

/// What `explain` prints.
struct ExplainReport: Sendable {
    /// Whether the request would be answered by the server, or by one of the gateway's own pages.
    let isAllowed: Bool
    private let status: Int?
    private let reason: String?
    private let decision: Decision
    private let tool: String?
    private let minimumRole: Role?

    /// A report about a decision, and about a tool.
    init(_ decision: Decision, tool: String?) {
        self.decision = decision
        self.tool = tool
        minimumRole = tool.flatMap(ToolRoles.minimumRole)
        switch decision.outcome {
        case .forward: (isAllowed, status, reason) = (true, nil, nil)
        case .respond(let response): (isAllowed, status, reason) = (true, response.status, nil)
        case .refuse(let refusal): (isAllowed, status, reason) = (false, refusal.status, refusal.reason)
        case .wait: (isAllowed, status, reason) = (false, 503, "jwks-unavailable")
        }
    }

    /// The members of gateway.md §3.
    var json: JSONObject {
        var json: JSONObject = ["verdict": isAllowed ? "allow" : "deny"]
        for (name, value) in members { json[name] = value }
        return json
    }

    /// One line per member, behind the verdict.
    var text: String {
        var text = isAllowed ? "allow\n" : "deny\n"
        for (name, value) in members {
            switch value {
            case .string(let value): text += "\(name): \(value)\n"
            case .array(let elements): text += "\(name): \(elements.compactMap(\.stringValue).joined(separator: ", "))\n"
            case .null: text += "\(name): -\n"
            default: text += "\(name): \(value.text())\n"
            }
        }
        return text
    }

    private var members: [(String, JSONValue)] {
        var members: [(String, JSONValue)] = [
            ("status", .optional(status)), ("reason", .optional(reason)), ("service", .optional(decision.mount?.service)),
            ("path", .string(decision.path)),
            ("required_roles", .array(decision.mount?.requiredRoles.map(JSONValue.string) ?? [])),
            ("rule", .string(decision.step.rawValue)),
        ]
        if let tool {
            members.append(("tool", .string(tool)))
            members.append(("minimum_role", .optional(minimumRole?.rawValue)))
            if let minimumRole, let caller = decision.caller {
                members.append(("caller_has_role", .bool(caller.identity.holds(minimumRole))))
            }
            let verdict = decision.mount?.tools?.verdict(tool) ?? .kept
            members.append(("tool_exists", .bool(verdict == .kept)))
            members.append(("tool_rule", .string(Self.rule(verdict, decision.mount?.tools))))
            if isAllowed { members.append(("tool_outcome", .string(outcome(verdict)))) }
        }
        return members
    }

    /// The part of the manifest that decides whether a tool exists on the mount.
    private static func rule(_ verdict: ToolPolicy.Verdict, _ policy: ToolPolicy?) -> String {
        guard policy != nil else { return "the service has no tools policy" }
        return "services[].tools: \(verdict.reason ?? "kept")"
    }

    /// What the server would do with a call of the tool.
    private func outcome(_ verdict: ToolPolicy.Verdict) -> String {
        guard verdict == .kept else { return "unknown tool" }
        guard let minimumRole, let caller = decision.caller else { return "up to the server" }
        return caller.identity.holds(minimumRole) ? "runs" : "FORBIDDEN"
    }
}

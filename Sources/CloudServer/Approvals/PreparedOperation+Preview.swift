package import JSONRPC

extension PreparedOperation {
    /// The result of the first phase: the members of approvals.md §2 in their order, then the tool's own members in theirs.
    ///
    /// An own member of the same name as a shared one is left out.
    func preview(_ id: ApprovalID, confirmTool: String, policy: ApprovalPolicy, lifetimeSeconds: Int) -> JSONObject {
        var data: JSONObject = [
            "status": "pending_approval",
            "approval_id": .string(id.text),
            "action": .string(action),
            "message": .string(Self.message(confirmTool: confirmTool, policy: policy, lifetimeSeconds: lifetimeSeconds)),
            "expires_in_seconds": .int(lifetimeSeconds),
            "warnings": .array(warnings.map(JSONValue.string)),
        ]
        for member in members where !data.contains(member.key) { data[member.key] = member.value }
        return data
    }

    /// The schema of a preview.
    ///
    /// - Parameters:
    ///   - members: The tool's own members beside those of approvals.md §2.
    ///   - required: Those that are always present; nil = all.
    package static func dataSchema(members: JSONObject, required: [String]? = nil) -> JSONObject {
        var properties: JSONObject = [
            "status": ["const": "pending_approval"],
            "approval_id": ["type": "string"],
            "action": ["type": "string"],
            "message": ["type": "string"],
            "expires_in_seconds": ["type": "integer"],
            "warnings": ["type": "array", "items": ["type": "string"]],
        ]
        let shared = properties.keys
        for member in members {
            // An action that the tool describes itself, such as an enum, says more.
            properties[member.key] = member.value
        }
        let own = required ?? members.keys
        return OutputSchema.object(properties, required: shared + own.filter { !shared.contains($0) })
    }

    private static func message(confirmTool: String, policy: ApprovalPolicy, lifetimeSeconds: Int) -> String {
        let confirm =
            switch policy {
            case .automatic, .twoPhase, .elicit: "Only after the user has said yes, call \(confirmTool) with this approval_id"
            case .fourEyes:
                "Only after the user has said yes, have another person of the same tenant call \(confirmTool) with this approval_id"
            }
        return "Nothing has been changed yet. Show this preview to the user, with all warnings, and ask for an explicit yes. "
            + "\(confirm); it expires in \(lifetimeSeconds) s. Without a yes, do nothing."
    }
}

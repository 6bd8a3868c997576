import AuthCommon
import JSONRPC

/// The `<service>_confirm_destructive` tool: the second phase (approvals.md §4).
struct ConfirmTool: Sendable {
    private let approvals: Approvals
    private let executions: [String: ConsentedExecution.Body]

    /// The confirm tool for these tools; nil when none of them has two phases.
    init?(_ tools: [CloudTool], approvals: Approvals) {
        var executions: [String: ConsentedExecution.Body] = [:]
        for tool in tools {
            if case .twoPhase(_, let execute) = tool.body { executions[tool.name] = execute }
        }
        guard !executions.isEmpty else { return nil }
        self.approvals = approvals
        self.executions = executions
    }

    /// Its declaration.
    ///
    /// - Parameter previews: The tools whose operations it executes, by name.
    func declaration(_ texts: Confirmation, previews: [String]) -> CloudTool {
        let tools = previews.joined(separator: ", ")
        let description =
            "Executes an operation that was previewed by \(tools). Call it only after the user has seen that preview and explicitly agreed. "
            + "The approval_id works once and expires \(approvals.limits.lifetimeSeconds) s after the preview; nothing else about the operation can "
            + "be changed here."
        return CloudTool(
            name: approvals.confirmTool,
            title: texts.title,
            description: texts.notes.isEmpty ? description : "\(description) \(texts.notes)",
            role: .fixed(.operator),
            effect: .changes(destructive: true, idempotent: false),
            input: ObjectSchema([
                .string("approval_id", "The approval_id of the preview, e.g. apr-0123456789abcdef0123456789abcdef.", required: true)
            ]),
            output: texts.output,
            body: .immediate { arguments, context in try await confirm(arguments.text("approval_id"), context) }
        )
    }

    /// Steps 4 to 8; identity, role and parameters are checked like those of every tool.
    func confirm(_ text: String, _ context: ToolContext) async throws -> JSONObject {
        let caller = ApprovalOwner(context.identity)
        guard let id = ApprovalID(text), let entry = try await approvals.store.find(id) else {
            throw deny(.unknown, tool: nil, id: ApprovalID(text), context)
        }
        let binding = entry.binding
        guard binding.service == approvals.service, approvals.policy.allows(caller, toConfirmFor: binding.owner) else {
            throw deny(.foreign, tool: binding.tool, id: id, context)
        }
        // A tool outside the policy of this call does not exist for it, and neither does what that tool has prepared.
        guard context.identity.mayKnow(tool: binding.tool) else { throw deny(.toolPolicy, tool: binding.tool, id: id, context) }
        guard case .live(let approval) = entry else { throw deny(.expired, tool: binding.tool, id: id, context) }
        guard context.identity.holds(approval.requiredRole) else {
            let failure = context.identity.failure(approval.requiredRole)
            _ = deny(.operationRole(failure), tool: binding.tool, id: id, context)
            throw ToolError.forbidden(failure)
        }
        // A store that outlives the process may hold what a tool of another version, or one that is filtered out, has prepared.
        guard let execute = executions[binding.tool] else { throw deny(.unknown, tool: binding.tool, id: id, context) }
        guard try await approvals.store.take(id) != nil else { throw deny(.lostRace, tool: binding.tool, id: id, context) }
        return try await ConsentedExecution(
            audit: approvals.audit,
            executions: approvals.executions,
            operation: AuditedOperation(approval, path: approvals.policy.confirmedPath),
            outcomeHint: approval.outcomeHint
        ).run(execute, approval.content, context)
    }

    /// Records a refusal of the steps 4, 5, 6 and 7 and returns its error.
    private func deny(_ denial: ApprovalAudit.Denial, tool: String?, id: ApprovalID?, _ context: ToolContext) -> ToolError {
        approvals.audit.denied(
            denial,
            tool: tool ?? approvals.confirmTool,
            id: id,
            caller: context.identity,
            callID: context.callID
        )
        return denial == .expired
            ? ApprovalError.expired(lifetimeSeconds: approvals.limits.lifetimeSeconds) : ApprovalError.notFound(approvals.policy)
    }
}

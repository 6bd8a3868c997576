import JSONRPC

/// Issues approvals: the end of the first phase (approvals.md §2).
package struct Approvals: Sendable {
    /// The random source repeats itself; a bug or a broken machine.
    struct RandomSourceFailure: Error {}

    /// The service, by which approvals of several servers in one store are kept apart.
    package let service: String
    /// Who may confirm.
    package let policy: ApprovalPolicy
    /// Where they are kept.
    package let store: any ApprovalStore
    /// The lifetime that texts tell.
    package let limits: ApprovalLimits
    /// The audit.
    package let audit: ApprovalAudit
    /// The executions that must not be cut short.
    package let executions: RunningExecutions
    private let newID: @Sendable () -> ApprovalID

    /// - Parameter newID: Draws 128 bits from a cryptographic source.
    package init(
        service: String,
        policy: ApprovalPolicy,
        store: any ApprovalStore,
        limits: ApprovalLimits = ApprovalLimits(),
        audit: ApprovalAudit,
        executions: RunningExecutions = RunningExecutions(),
        newID: @escaping @Sendable () -> ApprovalID
    ) {
        self.service = service
        self.policy = policy
        self.store = store
        self.limits = limits
        self.audit = audit
        self.executions = executions
        self.newID = newID
    }

    /// The name of the tool that confirms.
    package var confirmTool: String { "\(service)_confirm_destructive" }

    /// Stores an approval for the operation and returns the preview that tells its id.
    ///
    /// - Throws: `APPROVAL_LIMIT_REACHED`.
    func issue(_ operation: PreparedOperation, tool: CloudTool, arguments: JSONObject, context: ToolContext) async throws -> JSONObject {
        let binding = ApprovalBinding(owner: ApprovalOwner(context.identity), service: service, tool: tool.name)
        // With 128 random bits an id never repeats; a broken source must not overwrite or loop.
        for _ in 0..<3 {
            let approval = Approval(
                id: newID(),
                binding: binding,
                requiredRole: tool.role.role(for: arguments),
                callID: context.callID,
                action: operation.action,
                targets: operation.targets,
                content: operation.content,
                outcomeHint: operation.outcomeHint,
                argumentsDigest: SHA256Text.short(arguments.bytes(.compact))
            )
            switch try await store.put(approval) {
            case .stored:
                audit.issued(approval)
                return operation.preview(approval.id, confirmTool: confirmTool, policy: policy, lifetimeSeconds: limits.lifetimeSeconds)
            case .ownerLimitReached, .totalLimitReached:
                throw ApprovalError.limitReached(lifetimeSeconds: limits.lifetimeSeconds)
            case .duplicateID:
                continue
            }
        }
        throw RandomSourceFailure()
    }
}

import AuthCommon
import JSONRPC
package import ProcessSupport

/// The audit records of destructive operations (approvals.md §5, consent.md §3).
///
/// Of an id only the first 8 digits are written.
package struct ApprovalAudit: Sendable {
    /// Why a confirmation was refused, and at which step of approvals.md §4.
    package enum Denial: Sendable, Hashable {
        /// Step 1: nobody is identified.
        case identity
        /// Step 2: not even an operator.
        case role(String)
        /// Step 3: the parameters of the call.
        case parameters
        /// Step 4: no such approval.
        case unknown
        /// Step 4: it is somebody else's, or another service's.
        case foreign
        /// Step 4: the mount's tool policy leaves out the tool that asked for the operation.
        case toolPolicy
        /// Step 5: too late.
        case expired
        /// Step 6: the role that the operation needs is not held now.
        case operationRole(String)
        /// Step 7: somebody else was faster.
        case lostRace

        /// The step.
        package var step: Int {
            switch self {
            case .identity: 1
            case .role: 2
            case .parameters: 3
            case .unknown, .foreign, .toolPolicy: 4
            case .expired: 5
            case .operationRole: 6
            case .lostRace: 7
            }
        }

        /// The reason in one word or as the role failure is worded.
        package var reason: String {
            switch self {
            case .identity: "no-identity"
            case .role(let failure), .operationRole(let failure): failure
            case .parameters: "invalid-params"
            case .unknown: "unknown"
            case .foreign: "foreign"
            case .toolPolicy: "tool-policy"
            case .expired: "expired"
            case .lostRace: "lost-race"
            }
        }
    }

    private let log: EventLog
    private let path: ConsentPath

    /// - Parameter policy: By which path consent to approvals comes.
    package init(log: EventLog, policy: ApprovalPolicy) {
        self.log = log
        path = policy.confirmedPath
    }

    /// An approval was issued.
    func issued(_ approval: Approval) {
        issued(AuditedOperation(approval, path: path), reason: "preview")
    }

    /// A modern client was sent the question; the call is over, and its end is another one, if ever.
    func asked(_ operation: AuditedOperation) { issued(operation, reason: "asked") }

    private func issued(_ operation: AuditedOperation, reason: String) {
        CallAudit.current?.note(operation, isPending: true)
        var fields = operation.fields(by: operation.owner, reason: reason)
        fields["call_id"] = .string(operation.callID)
        log.event(.info, "approval-issued", fields)
    }

    /// An approval expired unused.
    package func expired(_ approval: Approval) {
        let operation = AuditedOperation(approval, path: path)
        log.event(.info, "approval-expired", operation.fields(by: operation.owner, reason: "not-confirmed-in-time"))
    }

    /// A call that was to ask its user, or did, ended without an execution.
    func refused(_ operation: AuditedOperation, _ refusal: ConsentRefusal, by caller: Identity, callID: String) {
        CallAudit.current?.note(operation, isPending: false)
        var fields = operation.fields(by: ApprovalOwner(caller), reason: refusal.reason)
        fields["call_id"] = .string(callID)
        if operation.callID != callID { fields["asked_by_call"] = .string(operation.callID) }
        refusal == .expired ? log.event(.info, "approval-expired", fields) : log.event(.warning, "approval-denied", fields)
    }

    /// A modern client came back with something that is worth nothing.
    func worthless(_ call: AuditedOperation, _ reason: String, callID: String) {
        var fields = call.fields(by: call.owner, reason: reason)
        fields["call_id"] = .string(callID)
        log.event(.warning, "approval-denied", fields)
    }

    /// How an execution ended.
    enum Outcome {
        /// As it should.
        case succeeded
        /// With this error.
        case failed(ToolError)
        /// The process ended first.
        case abandoned

        var word: String {
            switch self {
            case .succeeded: "ok"
            case .failed: "failed"
            case .abandoned: "unknown"
            }
        }

        var reason: String {
            switch self {
            case .succeeded: "executed"
            case .failed(let error): error.code
            case .abandoned: "shutdown"
            }
        }
    }

    /// What was consented to was executed, and its execution has ended.
    func confirmed(_ operation: AuditedOperation, by caller: Identity, callID: String, requestID: String?, _ outcome: Outcome) {
        var fields = operation.fields(by: ApprovalOwner(caller), reason: outcome.reason)
        if ApprovalOwner(caller) != operation.owner { fields["requested_by"] = .string(operation.owner.subject) }
        fields["call_id"] = .string(callID)
        if operation.path == .elicited, operation.callID != callID { fields["asked_by_call"] = .string(operation.callID) }
        fields["outcome"] = .string(outcome.word)
        fields.set("request_id", requestID.map(JSONValue.string))
        let level: LogLevel =
            switch outcome {
            case .succeeded: .info
            case .failed, .abandoned: .warning
            }
        log.event(level, "approval-confirmed", fields)
    }

    /// A confirmation was refused.
    ///
    /// - Parameters:
    ///   - tool: The tool that asked for the operation where that is known, else the confirm tool.
    ///   - id: Nil when the text is no id at all.
    func denied(_ denial: Denial, tool: String, id: ApprovalID?, caller: Identity?, callID: String) {
        var fields: JSONObject = ["tool": .string(tool)]
        fields.set("sub", caller.map { .string($0.subject) })
        fields.set("tenant", caller.map { .string($0.tenant) })
        fields["reason"] = .string(denial.reason)
        fields["step"] = .int(denial.step)
        fields["approval_id"] = .string(id?.logText ?? "malformed")
        fields["call_id"] = .string(callID)
        log.event(.warning, "approval-denied", fields)
    }
}

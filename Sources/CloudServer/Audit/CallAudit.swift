import AuthCommon
import HuaweiCloud
import JSONRPC
import MCPServer
import ProcessSupport
import Synchronization

/// The audit of one tool call: gathers what is learned on the way, and writes the one record at its end.
///
/// Bound to the call's task, so that the approvals and the cloud's client reach it wherever they run.
final class CallAudit: Sendable {
    /// The audit of the running call; nil where there is none.
    @TaskLocal static var current: CallAudit?

    private struct State {
        var operation: AuditedOperation?
        var isPending = false
        var writes = 0
    }

    private let audit: ServerAudit
    private let tool: String
    private let callID: String
    private let request: RequestContext
    private let arguments: JSONObject
    private let state = Mutex(State())

    /// The audit of a call.
    init(_ audit: ServerAudit, tool: String, callID: String, request: RequestContext, arguments: JSONObject) {
        self.audit = audit
        self.tool = tool
        self.callID = callID
        self.request = request
        self.arguments = arguments
    }

    /// Runs a call under its audit: what it does is noted there, and what it is about to change is on record before.
    static func withValue<Success>(_ audit: CallAudit?, _ call: () async throws -> Success) async throws -> Success {
        guard let audit else { return try await call() }
        let gate: CloudGate.Gate = { write throws(CloudError) in try await audit.admit(write) }
        return try await $current.withValue(audit) {
            try await CloudGate.$current.withValue(gate) { try await call() }
        }
    }

    /// Which operation the call is about, and by which path consent to it comes.
    ///
    /// - Parameter isPending: Whether consent is still to come, so that nothing is executed by this call.
    func note(_ operation: AuditedOperation, isPending: Bool) {
        state.withLock { state in
            state.operation = operation
            state.isPending = isPending
        }
    }

    /// Puts a request that may change something on record before it goes out.
    ///
    /// - Throws: `AUDIT_UNAVAILABLE`; then it must not go out.
    func admit(_ write: CloudRequest) async throws(CloudError) {
        state.withLock { $0.writes += 1 }
        var fields = head
        fields["cloud_service"] = .string(write.service.rawValue)
        fields["operation"] = .string(write.operation)
        fields["body_sha256"] = .string(AuditDigest.of(write.body ?? []))
        try await audit.require("cloud-write", fields)
    }

    /// Writes the record of the call.
    ///
    /// - Parameter outcome: The fields of its log record.
    func finish(_ outcome: JSONObject) {
        var fields = head
        let isPending = state.withLock { $0.isPending }
        fields["outcome"] = .string(Self.word(outcome, isPending: isPending))
        for name in ["code", "status_code", "request_id", "duration_ms"] { fields[name] = outcome[name] }
        fields["cloud_writes"] = .int(state.withLock { $0.writes })
        audit.write("tool-call", fields)
    }

    /// The process ends before the call does: its outcome will not be known.
    func abandon() {
        var fields = head
        fields["outcome"] = "unknown"
        audit.write("tool-call", fields)
    }

    private var head: JSONObject {
        let operation = state.withLock { $0.operation }
        let identity = request.identity
        var fields: JSONObject = [
            "tool": .string(tool), "call_id": .string(callID), "gateway_request_id": .optional(request.gatewayRequestID),
            "trace_id": .optional(request.traceID),
            "sub": .optional(identity?.subject), "tenant": .optional(identity?.tenant),
            "roles": identity.map { .array($0.roles.map(JSONValue.string)) } ?? .null,
            "arguments_sha256": .string(AuditDigest.of(arguments.bytes(.compact))),
            "targets": .array((operation?.targets ?? AuditTargets.of(arguments)).map(JSONValue.string)),
        ]
        guard let operation else { return fields }
        fields["consent"] = .string(operation.path.rawValue)
        if !operation.action.isEmpty { fields["action"] = .string(operation.action) }
        if !operation.tool.utf8.elementsEqual(tool.utf8) { fields["operation_tool"] = .string(operation.tool) }
        if !operation.contentDigest.isEmpty { fields["content_sha256"] = .string(operation.contentDigest) }
        fields.set("approval_id", operation.approval.map { .string($0.logText) })
        if let identity, ApprovalOwner(identity) != operation.owner { fields["requested_by"] = .string(operation.owner.subject) }
        return fields
    }

    private static func word(_ outcome: JSONObject, isPending: Bool) -> String {
        if outcome["result"] == "input_required" { return "asked" }
        switch outcome["code"]?.stringValue {
        case nil: return isPending ? "pending" : "ok"
        case "CANCELLED"?: return "cancelled"
        case ErrorCode.unauthorized?, ErrorCode.forbidden?, ErrorCode.approvalNotFound?, ErrorCode.approvalExpired?,
            ErrorCode.approvalDeclined?, ErrorCode.consentUnavailable?, ErrorCode.auditUnavailable?:
            return "denied"
        default: return "failed"
        }
    }
}

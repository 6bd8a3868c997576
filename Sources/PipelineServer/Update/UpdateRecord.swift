import AuthCommon
import CloudServer
import HuaweiCloud
import JSONRPC
import ProcessSupport

/// The record of an update in the log: both hashes, the changes and a summary of the definition, never bodies or variable values
/// (pipeline.md §5.7).
struct UpdateRecord: Sendable {
    private static let event = "pipeline-update"

    let update: StoredUpdate
    let plan: UpdatePlan
    let context: ToolContext

    /// The API accepted the update.
    func succeeded(verified: Bool?, requestID: String?) {
        var fields = fields(outcome: "ok", requestID: requestID)
        fields["verified"] = .string(verified.map { $0 ? "yes" : "no" } ?? "unknown")
        context.log.info(Self.event, fields)
    }

    /// The API refused the update, or its outcome is unknown.
    func failed(_ error: CloudError) {
        var fields = fields(outcome: "failed", requestID: error.requestID)
        fields["code"] = .string(error.code)
        context.log.warning(Self.event, fields)
    }

    private func fields(outcome: String, requestID: String?) -> JSONObject {
        [
            "tool": .string(UpdatePipelineInfo.name), "call_id": .string(context.callID), "sub": .string(context.identity.subject),
            "tenant": .string(context.identity.tenant), "pipeline_id": .string(update.pipelineID),
            "project_id": .string(update.project.id), "outcome": .string(outcome), "request_id": .optional(requestID),
            "definition_hash_before": .string(plan.hashBefore), "definition_hash_after": .string(plan.hashAfter),
            "changes": .object(plan.changes.json(maximumDiffs: DefinitionSummary.maximumRows)),
            "definition": DefinitionSummary.of(plan.definition),
        ]
    }
}

import CloudServer
import JSONRPC

/// The first phase of an update: reads the pipeline and tells what would change (pipeline.md §5.1).
struct UpdatePreview: Sendable {
    let client: PipelineClient

    /// The preview.
    ///
    /// - Throws: What the plan objects to; the cloud's errors.
    func prepare(_ change: PipelineChange, pipelineID: String, in project: CodeArtsProject) async throws -> Prepared {
        let detail = try await client.send(ShowPipelineRequest(id: pipelineID), in: project)
        let plan = try UpdatePlan(change, of: detail)
        let stored = StoredUpdate(
            project: project,
            pipelineID: pipelineID,
            change: change,
            fingerprint: Digest.fingerprint(of: detail)
        )
        return .needsConsent(
            PreparedOperation(
                action: Self.action,
                members: [
                    "pipeline_id": .string(pipelineID), "pipeline_name": .optional(detail.name), "project_id": .string(project.id),
                    "changes": .object(plan.changes.json), "definition_hash_before": .string(plan.hashBefore),
                    "definition_hash_after": .string(plan.hashAfter),
                ],
                warnings: plan.warnings,
                targets: [ConsentTarget(id: pipelineID, name: detail.name)],
                content: stored.content,
                outcomeHint: "Look at the pipeline with pipeline_get_detail.",
                headline: "Change a pipeline",
                details: [ConsentFact("project", project.id)] + plan.changes.consentFacts
            )
        )
    }

    private static let action = "update_pipeline"

    /// The schema of the preview.
    static let schema = PreparedOperation.dataSchema(members: [
        "action": ["const": .string(action)], "pipeline_id": Shape.text(), "pipeline_name": Shape.textOrNull(),
        "project_id": Shape.text(), "changes": UpdateChanges.schema, "definition_hash_before": Shape.text("Start of its SHA-256."),
        "definition_hash_after": Shape.text(),
    ])
}

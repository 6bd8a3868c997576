import AuthCommon
import CloudServer
import JSONRPC

/// `pipeline_set_status` (pipeline.md §6): `enabled` at once, `disabled` in two phases.
enum SetPipelineStatus {
    /// The stored content is not what the first phase stores; a bug.
    struct MalformedContent: Error {}

    /// The tool.
    static func tool(_ client: PipelineClient) -> CloudTool {
        CloudTool(
            name: "pipeline_set_status",
            title: "Enable or disable a pipeline",
            description: """
                Enables or disables a pipeline; a disabled one cannot be run or changed. `enabled` takes effect at once. `disabled` changes nothing yet: \
                it returns a preview with an approval_id. Show it to the user and call pipeline_confirm_destructive only after an explicit yes. \
                `banned` in pipeline_get_detail shows the present state.
                """,
            role: .fixed(.admin),
            effect: .changes(destructive: true, idempotent: true),
            input: ObjectSchema([
                Parameter.pipelineID,
                .string("status", "What it becomes.", enum: SetPipelineStatusRequest.Status.allCases.map(\.rawValue), required: true),
                Parameter.projectID,
            ]),
            output: OutputSchema.oneOfShapes([schema(.enabled), previewSchema]),
            body: .twoPhase(
                prepare: { arguments, context in
                    let project = try client.project(arguments.string("project_id"))
                    let id = arguments.text("pipeline_id")
                    switch SetPipelineStatusRequest.Status(rawValue: arguments.text("status")) {
                    case .enabled?: return .done(try await set(.enabled, id, in: project, client))
                    case .disabled?, nil:
                        let detail = context.asksUser ? try await client.send(ShowPipelineRequest(id: id), in: project) : nil
                        return try preview(id, detail, in: project, client)
                    }
                },
                execute: { content, _ in
                    guard let id = content["pipeline_id"]?.stringValue, let project = content["project_id"]?.stringValue else {
                        throw MalformedContent()
                    }
                    return try await set(.disabled, id, in: CodeArtsProject(id: project), client)
                }
            )
        )
    }

    /// The schema of the result for one status.
    static func schema(_ status: SetPipelineStatusRequest.Status) -> JSONObject {
        OutputSchema.object([
            "pipeline_id": Shape.text(), "status": ["const": .string(status.rawValue)], "enabled": ["const": .bool(status == .enabled)],
        ])
    }

    private static let action = "disable_pipeline"

    private static let previewSchema = PreparedOperation.dataSchema(members: [
        "action": ["const": .string(action)], "pipeline_id": Shape.text(), "project_id": Shape.text(),
    ])

    /// Nothing is sent, but what would make every request fail is noticed now.
    ///
    /// - Parameter detail: The pipeline, where the user is asked: the question names it.
    private static func preview(
        _ id: String,
        _ detail: PipelineDetail?,
        in project: CodeArtsProject,
        _ client: PipelineClient
    ) throws -> Prepared {
        try client.requireEndpoint()
        let members: JSONObject = ["pipeline_id": .string(id), "project_id": .string(project.id)]
        return .needsConsent(
            PreparedOperation(
                action: action,
                members: members,
                targets: [ConsentTarget(id: id, name: detail?.name, facts: detail.map(facts) ?? [])],
                content: members,
                outcomeHint: "Look at `banned` of the pipeline with pipeline_get_detail.",
                headline: "Disable a pipeline: it can be neither run nor changed until it is enabled again",
                details: [ConsentFact("project", project.id)]
            )
        )
    }

    private static func facts(_ detail: PipelineDetail) -> [ConsentFact] {
        [ConsentFact("status", detail.isBanned ? "disabled already" : "enabled")]
    }

    private static func set(
        _ status: SetPipelineStatusRequest.Status,
        _ id: String,
        in project: CodeArtsProject,
        _ client: PipelineClient
    ) async throws -> JSONObject {
        try await client.send(SetPipelineStatusRequest(id: id, status: status), in: project)
        return ["pipeline_id": .string(id), "status": .string(status.rawValue), "enabled": .bool(status == .enabled)]
    }
}

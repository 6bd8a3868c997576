import AuthCommon
import CloudServer
import JSONRPC

/// `pipeline_update_info` (pipeline.md §5), in two phases.
enum UpdatePipelineInfo {
    /// The name.
    static let name = "pipeline_update_info"

    /// The tool.
    static func tool(_ client: PipelineClient) -> CloudTool {
        CloudTool(
            name: name,
            title: "Change a pipeline",
            description: """
                Prepares a change of a pipeline: the default branch of one source, or the trigger task of its first stage, or both. This call changes \
                nothing: it returns a preview of the exact values before and after, with an approval_id. Show the preview and its warnings to the user \
                and call pipeline_confirm_destructive only after an explicit yes. Everything else about the pipeline stays as it is. A pipeline with \
                several sources needs source_alias. A disabled pipeline must be enabled first. If the pipeline changes before the confirmation, \
                that fails with CONFLICT_STALE_PREVIEW and writes nothing.
                """,
            role: .fixed(.admin),
            effect: .changes(destructive: true, idempotent: true),
            input: ObjectSchema([
                Parameter.pipelineID, Parameter.projectID,
                .string("new_default_branch", "Default branch to set.", nullable: true, pattern: #"\S"#, empty: .kept),
                .string("source_alias", "Source whose branch is set, exactly.", nullable: true, empty: .kept),
                .string(
                    "new_pre_task",
                    "Trigger task to set.",
                    nullable: true,
                    enum: PreTaskChange.triggerTasks,
                    empty: .kept
                ),
                .integer("pre_sequence", "Only the entries of the first stage's `pre` with this sequence.", nullable: true, minimum: 0),
            ]),
            output: UpdatePreview.schema,
            rewordInvalidParams: invalidPreTask,
            body: .twoPhase(
                prepare: { arguments, _ in
                    guard let change = PipelineChange(arguments.raw) else { throw nothingToUpdate }
                    let project = try client.project(arguments.string("project_id"))
                    return try await UpdatePreview(client: client).prepare(change, pipelineID: arguments.text("pipeline_id"), in: project)
                },
                execute: { content, context in try await UpdateExecution(client: client).execute(content, context) }
            )
        )
    }

    /// `INVALID_PRE_TASK` when a value outside the list is all that is wrong.
    @Sendable private static func invalidPreTask(_ error: ToolError) -> ToolError {
        guard error.details.count == 1, let detail = error.details.first, detail.path == "new_pre_task",
            detail.message.hasPrefix("must be one of")
        else { return error }
        return ToolError(
            code: PipelineErrorCode.invalidPreTask,
            message: "new_pre_task is not a task that can be set.",
            hint: "Use one of \(PreTaskChange.triggerTasks.joined(separator: ", ")).",
            details: error.details
        )
    }

    private static let nothingToUpdate = ToolError(
        code: PipelineErrorCode.noFieldsToUpdate,
        message: "The call does not say what to change.",
        hint: "Give new_default_branch or new_pre_task; source_alias and pre_sequence only tell where."
    )
}

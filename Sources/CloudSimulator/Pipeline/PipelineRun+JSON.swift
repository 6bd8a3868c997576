import JSONRPC

extension PipelineRun {
    /// The run as the list tells it in `latest_run` (`pipeline.md` §7.1).
    func json(pipelineID: String) -> JSONValue {
        [
            "pipeline_id": .string(pipelineID),
            "pipeline_run_id": .string(id),
            "executor_id": .string(executorID),
            "executor_name": .string(executorName),
            "stage_status_list": .array(stages.enumerated().map { Self.json($1, number: $0) }),
            "status": .string(status.rawValue),
            "run_number": .int(number),
            "trigger_type": .string(trigger),
            "build_params": buildParameters,
            "artifact_params": .null,
            "start_time": .int(Int(started.milliseconds)),
            "end_time": .optional(ended.map { Int($0.milliseconds) }),
            "modify_url": .string("https://devcloud.example/cicd/pipelines/\(pipelineID)/edit"),
            "detail_url": .string("https://devcloud.example/cicd/pipelines/\(pipelineID)/detail/\(id)"),
        ]
    }

    private var buildParameters: JSONValue {
        [
            "action": .null,
            "build_type": .string(build.type),
            "commit_id": .string(build.commit),
            "event_type": .string(trigger),
            "merge_id": .null,
            "message": .string(build.message),
            "source_branch": .null,
            "tag": .optional(build.tag),
            "target_branch": .optional(build.branch),
            "codehub_id": .optional(build.repositoryID),
            "git_url": .optional(build.gitURL),
        ]
    }

    private static func json(_ stage: Stage, number: Int) -> JSONValue {
        [
            "id": .string(stage.id),
            "name": .string(stage.name),
            "sequence": .int(number),
            "status": .string(stage.status.rawValue),
            "start_time": .optional(stage.began?.spacedText),
            "end_time": .optional(stage.ended?.spacedText),
        ]
    }
}

import CloudServer
import HuaweiCloud
import JSONRPC

/// A pipeline as a row of a list (pipeline.md §2).
enum PipelineRow {
    /// The row's members, pruned.
    static func json(_ row: JSONObject) -> JSONObject {
        let members: JSONObject = [
            "pipeline_id": .optional(row.nonEmptyText("pipeline_id") ?? row.nonEmptyText("id")),
            "name": .optional(row.lenientText("name")),
            "description": .optional(row.lenientText("description")),
            "is_publish": .optional(row.lenientBool("is_publish")),
            "is_collect": .optional(row.lenientBool("is_collect")),
            "banned": .optional(row.lenientBool("banned")),
            "manifest_version": .optional(row.lenientText("manifest_version")),
            "create_time": .optional(row.lenientInt("create_time")),
            "latest_run": row.lenientObject("latest_run").map { .object(run($0)) } ?? .null,
        ]
        return members.pruned()
    }

    /// The names of the members.
    static let names = properties.keys

    /// The schema of ``json(_:)``.
    static let schema = Shape.object(properties, required: [])

    private static var properties: JSONObject {
        [
            "pipeline_id": Shape.text(), "name": Shape.text(), "description": Shape.text(), "is_publish": Shape.flag(),
            "is_collect": Shape.flag(), "banned": Shape.flag("Disabled."), "manifest_version": Shape.text(),
            "create_time": Shape.integer("ms"), "latest_run": runSchema,
        ]
    }

    /// The members of a run, pruned.
    static func run(_ run: JSONObject) -> JSONObject {
        let build = run.lenientObject("build_params") ?? [:]
        let members: JSONObject = [
            "pipeline_run_id": .optional(run.lenientText("pipeline_run_id")),
            "status": .optional(run.lenientText("status")),
            "trigger_type": .optional(run.lenientText("trigger_type")),
            "executor_name": .optional(run.lenientText("executor_name")),
            "run_number": .optional(run.lenientInt("run_number")),
            "start_time": .optional(run.lenientInt("start_time")),
            "end_time": .optional(run.lenientInt("end_time")),
            "target_branch": .optional(build.lenientText("target_branch")),
            "commit_id": .optional(build.lenientText("commit_id")),
            "stage_status_list": .array(run.rows("stage_status_list").map { .object(stage($0)) }),
            "detail_url": .optional(run.lenientText("detail_url")),
        ]
        return members.pruned()
    }

    private static func stage(_ stage: JSONObject) -> JSONObject {
        let members: JSONObject = [
            "name": .optional(stage.lenientText("name")), "status": .optional(stage.lenientText("status")),
            "start_time": .optional(stage.lenientText("start_time")), "end_time": .optional(stage.lenientText("end_time")),
        ]
        return members.pruned()
    }

    private static let runSchema = Shape.object(
        [
            "pipeline_run_id": Shape.text(), "status": Shape.text("PAUSED and SUSPEND wait for a person."), "trigger_type": Shape.text(),
            "executor_name": Shape.text(), "run_number": Shape.integer(), "start_time": Shape.integer("ms"),
            "end_time": Shape.integer("ms"), "target_branch": Shape.text(), "commit_id": Shape.text(),
            "stage_status_list": Shape.array(
                of: Shape.object(
                    ["name": Shape.text(), "status": Shape.text(), "start_time": Shape.text(), "end_time": Shape.text()],
                    required: []
                )
            ),
            "detail_url": Shape.text(),
        ],
        required: []
    )
}

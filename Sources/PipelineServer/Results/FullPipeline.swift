import CloudServer
import HuaweiCloud
import JSONRPC

/// A pipeline in full (pipeline.md §3).
///
/// Secrets stay inside: the values of secret variables and sensitive members of the definition are masked, and a trigger's
/// `security_token` is not read at all.
enum FullPipeline {
    /// The members, every object pruned; `definition`, `concurrency_control` and `variable_group_ids` are not pruned inside.
    static func json(_ detail: PipelineDetail) -> JSONObject {
        let json = detail.json
        var members = texts.reduce(into: JSONObject()) { members, name in members[name] = .optional(json.lenientText(name)) }
        members["is_publish"] = .optional(json.lenientBool("is_publish"))
        members["banned"] = .optional(json.lenientBool("banned"))
        members["create_time"] = .optional(json.lenientInt("create_time"))
        members["update_time"] = .optional(json.lenientInt("update_time"))
        let lists: JSONObject = [
            "sources": rows(json, "sources", source), "variables": .array(detail.variables.map { .object(variable($0)) }),
            "schedules": rows(json, "schedules", schedule), "triggers": rows(json, "triggers", trigger),
            "concurrency_control": json["concurrency_control"] ?? .null, "variable_group_ids": json["variable_group_ids"] ?? .null,
        ]
        let all = JSONObject(distinct: scalars.map { .init(key: $0, value: members[$0] ?? .null) } + lists.members)
        return JSONObject(distinct: all.members + definition(detail).members).pruned()
    }

    /// The members that are no lists, in their order.
    private static let scalars = [
        "id", "name", "description", "is_publish", "banned", "manifest_version", "create_time", "update_time", "creator_id", "creator_name",
        "group_id", "project_id", "component_id",
    ]

    private static let texts = scalars.filter { !["is_publish", "banned", "create_time", "update_time"].contains($0) }

    private static func rows(_ json: JSONObject, _ name: String, _ row: (JSONObject) -> JSONObject) -> JSONValue {
        .array(json.rows(name).map { .object(row($0)) })
    }

    private static func source(_ source: JSONObject) -> JSONObject {
        let params = source.lenientObject("params") ?? [:]
        let shown = sourceParams.reduce(into: JSONObject()) { shown, name in shown[name] = .optional(params.lenientText(name)) }
        let members: JSONObject = ["type": .optional(source.lenientText("type")), "params": .object(shown.pruned())]
        return members.pruned()
    }

    private static let sourceParams = [
        "git_type", "alias", "default_branch", "git_url", "ssh_git_url", "web_url", "repo_name", "codehub_id", "endpoint_id",
    ]

    private static func variable(_ variable: PipelineVariable) -> JSONObject {
        let json = variable.json
        let members: JSONObject = [
            "name": .optional(variable.name), "type": .optional(json.lenientText("type")), "value": .optional(variable.shownValue),
            "is_secret": .optional(json.lenientBool("is_secret")), "is_runtime": .optional(json.lenientBool("is_runtime")),
            "description": .optional(json.lenientText("description")),
        ]
        return members.pruned()
    }

    private static func schedule(_ schedule: JSONObject) -> JSONObject {
        let days = schedule.lenientArray("days_of_week").compactMap(\.lenientInt)
        let members: JSONObject = [
            "uuid": .optional(schedule.lenientText("uuid")), "name": .optional(schedule.lenientText("name")),
            "type": .optional(schedule.lenientText("type")), "enable": .optional(schedule.lenientBool("enable")),
            "days_of_week": .array(days.map(JSONValue.int)), "time_zone": .optional(schedule.lenientText("time_zone")),
            "start_time": .optional(schedule.lenientText("start_time")), "end_time": .optional(schedule.lenientText("end_time")),
            "interval_time": .optional(schedule.lenientText("interval_time")),
            "interval_unit": .optional(schedule.lenientText("interval_unit")),
        ]
        return members.pruned()
    }

    private static func trigger(_ trigger: JSONObject) -> JSONObject {
        let events = trigger.rows("events").map { event -> JSONValue in
            let members: JSONObject = ["type": .optional(event.lenientText("type")), "enable": .optional(event.lenientBool("enable"))]
            return .object(members.pruned())
        }
        let members: JSONObject = [
            "git_type": .optional(trigger.lenientText("git_type")), "git_url": .optional(trigger.lenientText("git_url")),
            "events": .array(events), "is_auto_commit": .optional(trigger.lenientBool("is_auto_commit")),
            "endpoint_id": .optional(trigger.lenientText("endpoint_id")), "callback_url": .optional(trigger.lenientText("callback_url")),
            "hook_id": .optional(trigger.lenientText("hook_id")),
        ]
        return members.pruned()
    }

    /// The decoded definition with masked secrets, or why there is none.
    private static func definition(_ detail: PipelineDetail) -> JSONObject {
        guard let text = detail.definitionText else { return ["definition_parse_error": "The API returned no definition."] }
        do {
            return ["definition": .object(Masking.maskStructured(try PipelineDefinition(text).root))]
        } catch {
            return ["definition_parse_error": .string("The definition cannot be shown: \(error).")]
        }
    }

    /// The schema of ``json(_:)``.
    static let schema: JSONObject = {
        var members: JSONObject = [:]
        for name in scalars { members[name] = Shape.text() }
        for name in ["is_publish", "banned"] { members[name] = Shape.flag() }
        for name in ["create_time", "update_time"] { members[name] = Shape.integer("ms") }
        members["sources"] = Shape.array(of: optional(["type": Shape.text(), "params": optional(texts(sourceParams))]))
        members["variables"] = Shape.array(
            of: optional([
                "name": Shape.text(), "type": Shape.text(), "value": Shape.text("*** for a secret"), "is_secret": Shape.flag(),
                "is_runtime": Shape.flag("May be set by a run."), "description": Shape.text(),
            ])
        )
        var schedule = texts(["uuid", "name", "type", "enable", "days_of_week", "time_zone", "start_time", "end_time"])
        schedule["enable"] = Shape.flag()
        schedule["days_of_week"] = Shape.array(of: Shape.integer(), "1 is Sunday")
        schedule["interval_time"] = Shape.text()
        schedule["interval_unit"] = Shape.text()
        members["schedules"] = Shape.array(of: optional(schedule))
        var trigger = texts(["git_type", "git_url", "events", "is_auto_commit", "endpoint_id", "callback_url", "hook_id"])
        trigger["events"] = Shape.array(of: optional(["type": Shape.text(), "enable": Shape.flag()]))
        trigger["is_auto_commit"] = Shape.flag()
        members["triggers"] = Shape.array(of: optional(trigger))
        members["concurrency_control"] = Shape.anything
        members["variable_group_ids"] = Shape.anything
        members["definition"] = Shape.openObject("Stages and jobs; secrets are masked.")
        members["definition_parse_error"] = Shape.text("Why there is no definition.")
        guard case .object(let schema) = optional(members) else { return [:] }
        return schema
    }()

    private static func texts(_ names: [String]) -> JSONObject {
        names.reduce(into: JSONObject()) { members, name in members[name] = Shape.text() }
    }

    private static func optional(_ members: JSONObject) -> JSONValue { Shape.object(members, required: []) }
}

import JSONRPC

/// The members of a pipeline that an update writes back (pipeline.md §5.2).
enum WrittenMembers {
    /// Their names in the order in which they are written.
    static let names = [
        "name", "description", "is_publish", "sources", "variables", "schedules", "triggers", "manifest_version", "definition",
        "project_name", "group_id", "concurrency_control", "security_level", "disable_release_branch_management", "execution_plans",
        "project_id", "cancel_strategy", "confidentiality_code", "agency_name", "variable_group_ids",
    ]

    /// The members that the detail has, verbatim; null ones are left out and none is invented.
    static func of(_ detail: PipelineDetail) -> JSONObject {
        JSONObject(
            distinct: names.compactMap { name in
                guard let value = value(of: name, in: detail.json), !value.isNull else { return nil }
                return JSONObject.Member(key: name, value: value)
            }
        )
    }

    /// The detail calls one of them by another name.
    private static func value(of name: String, in json: JSONObject) -> JSONValue? {
        guard name == "confidentiality_code", !json.contains(name) else { return json[name] }
        return json["security_level_code"]
    }
}

import AuthCommon

/// The minimum roles of this project's own tools (servers.md §4), for `explain`.
///
/// The servers themselves decide.
enum ToolRoles {
    private static let roles: [String: Role] = [
        "ecs_list_servers": .readonly, "ecs_get_server": .readonly, "ecs_list_flavors": .readonly, "ecs_get_job_status": .readonly,
        "ecs_power_action": .operator, "ecs_delete_server": .admin, "ecs_resize_server": .admin, "ecs_confirm_destructive": .operator,
        "ecs_wait_for_job": .readonly, "ecs_whoami": .readonly, "cts_whoami": .readonly, "pipeline_whoami": .readonly,
        "pipeline_wait_for_run": .readonly, "cts_search_traces": .readonly, "cts_get_trace_detail": .readonly,
        "pipeline_list": .readonly, "pipeline_get_detail": .readonly, "pipeline_run": .operator, "pipeline_update_info": .admin,
        "pipeline_set_status": .admin, "pipeline_confirm_destructive": .operator,
    ]

    /// The minimum role of a tool; nil for a tool of someone else's server.
    static func minimumRole(of tool: String) -> Role? { roles[tool] }
}

import CloudServer
import JSONRPC

/// What `detail_level` = `status` tells of a server (ecs.md §2.2).
enum ServerStatus {
    /// The members, pruned; the id is spelled as the caller wrote it.
    static func json(_ server: ServerDetail, id: String) -> JSONObject {
        let members: JSONObject = [
            "server_id": .string(id), "name": .optional(server.name), "status": .optional(server.status),
            "task_state": .optional(server.taskState), "power_state": .optional(server.powerState),
        ]
        return members.pruned()
    }

    /// The schema of ``json(_:id:)``.
    static let schema = OutputSchema.object(
        [
            "server_id": Shape.text(), "name": Shape.text(), "status": Shape.text(), "task_state": Shape.text(),
            "power_state": Shape.integer("0 none, 1 running, 4 shut down"),
        ],
        required: ["server_id"]
    )
}

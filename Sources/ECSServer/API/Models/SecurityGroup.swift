import HuaweiCloud
import JSONRPC

/// A security group of a server.
struct SecurityGroup: Sendable {
    var id: String?
    var name: String?

    init(_ row: JSONObject) {
        id = row.lenientText("id")
        name = row.lenientText("name")
    }

    /// Both members (ecs.md §2.2).
    var json: JSONValue { ["id": .optional(id), "name": .optional(name)] }
}

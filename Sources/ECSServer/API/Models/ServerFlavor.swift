import HuaweiCloud
import JSONRPC

/// The flavor of a server, as the server's own row describes it.
struct ServerFlavor: Sendable {
    var id: String?
    var name: String?
    var vcpus: String?
    /// MB.
    var ram: String?
    /// GB.
    var disk: String?

    init(_ row: JSONObject) {
        id = row.lenientText("id")
        name = row.lenientText("name")
        vcpus = row.lenientText("vcpus")
        ram = row.lenientText("ram")
        disk = row.lenientText("disk")
    }

    /// All five members (ecs.md §2.2).
    var json: JSONValue {
        ["id": .optional(id), "name": .optional(name), "vcpus": .optional(vcpus), "ram": .optional(ram), "disk": .optional(disk)]
    }
}

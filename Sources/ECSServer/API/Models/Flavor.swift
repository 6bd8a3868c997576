import CloudServer
import HuaweiCloud
import JSONRPC

/// A flavor that servers can be created with or resized to.
struct Flavor: Sendable {
    var id: String?
    var name: String?
    var vcpus: String?
    /// MB.
    var ram: Int?
    /// GB.
    var disk: String?
    var generation: String?
    var performanceType: String?
    /// The state of its sale: `normal`, `abandon`, `sellout`, `obt` and others.
    var status: String?

    init(_ row: JSONObject) {
        let specifications = row.lenientObject("os_extra_specs") ?? [:]
        id = row.lenientText("id")
        name = row.lenientText("name")
        vcpus = row.lenientText("vcpus")
        ram = row.lenientInt("ram")
        disk = row.lenientText("disk")
        generation = specifications.lenientText("ecs:generation")
        performanceType = specifications.lenientText("ecs:performancetype") ?? specifications.lenientText("hws:performancetype")
        status = specifications.lenientText("cond:operation:status")
    }

    /// All eight members, null when unknown (ecs.md §2.3).
    var json: JSONObject {
        [
            "id": .optional(id), "name": .optional(name), "vcpus": .optional(vcpus), "ram_mb": .optional(ram), "disk_gb": .optional(disk),
            "generation": .optional(generation), "performance_type": .optional(performanceType), "status": .optional(status),
        ]
    }

    /// The names of the members.
    static let names = properties.keys

    /// The schema of ``json``, or of some of its members.
    static let schema = Shape.object(properties, required: [])

    private static let properties: JSONObject = [
        "id": Shape.textOrNull(), "name": Shape.textOrNull(), "vcpus": Shape.textOrNull(), "ram_mb": Shape.integerOrNull(),
        "disk_gb": Shape.textOrNull(), "generation": Shape.textOrNull(), "performance_type": Shape.textOrNull(),
        "status": Shape.textOrNull("normal, obt, …; abandon and sellout cannot be bought."),
    ]
}

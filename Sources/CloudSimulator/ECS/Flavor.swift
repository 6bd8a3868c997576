import JSONRPC

/// A specification that a server can have.
struct Flavor: Sendable, Hashable {
    /// For example `s6.large.2`.
    let id: String
    var vcpus: Int
    var memoryMB: Int
    var diskGB: Int
    /// `ecs:generation`, for example `s6`.
    var generation: String
    /// `ecs:performancetype`, for example `normal`; nil for old flavors, which have only `hws:performancetype`.
    var performanceType: String?
    /// `hws:performancetype`.
    var legacyPerformanceType: String?
    /// `cond:operation:status`: `normal`, `abandon`, `sellout`, `obt`, `promotion`; nil when the API does not say, which means normal.
    var status: String?
    /// `x86_64` or `arm64`.
    var architecture: String
    /// The availability zones where it can be had; empty means all.
    var availabilityZones: [String]

    /// Whether the flavor was withdrawn.
    var isWithdrawn: Bool { status == "abandon" }

    /// Whether no more of it can be had.
    var isSoldOut: Bool { status == "sellout" }

    /// Whether the flavor exists in an availability zone.
    func exists(in zone: String) -> Bool { availabilityZones.isEmpty || availabilityZones.contains(zone) }

    /// The flavor as the API lists it (`ecs.md` §4.1).
    var json: JSONValue {
        var specs = JSONObject()
        specs["ecs:virtualization_env_types"] = "CloudCompute"
        specs["ecs:generation"] = .string(generation)
        specs.set("ecs:performancetype", performanceType.map(JSONValue.string))
        specs.set("hws:performancetype", legacyPerformanceType.map(JSONValue.string))
        specs["ecs:instance_architecture"] = .string(architecture)
        specs["resource_type"] = "IOoptimized"
        specs.set("cond:operation:status", status.map(JSONValue.string))
        if !availabilityZones.isEmpty {
            let state = status ?? "normal"
            specs["cond:operation:az"] = .string(availabilityZones.map { "\($0)(\(state))" }.joined(separator: ","))
        }
        return [
            "id": .string(id),
            "name": .string(id),
            "vcpus": .string(String(vcpus)),
            "ram": .int(memoryMB),
            "disk": .string(String(diskGB)),
            "swap": "",
            "links": [],
            "OS-FLV-EXT-DATA:ephemeral": 0,
            "rxtx_factor": .number(JSONNumber(1.0) ?? JSONNumber(1)),
            "OS-FLV-DISABLED:disabled": false,
            "rxtx_quota": .null,
            "rxtx_cap": .null,
            "os-flavor-access:is_public": true,
            "os_extra_specs": .object(specs),
            "attachableQuantity": ["free_scsi": 23, "free_blk": 15, "free_disk": 23, "free_nic": 11],
        ]
    }
}

import CloudServer
import JSONRPC

/// A server that an operation touches, as the preview shows it (ecs.md §3.3).
struct Target: Sendable {
    /// The id as the caller wrote it.
    let id: String
    /// The server as it is now.
    let server: ServerDetail

    /// How warnings call the server: its name and id, or its id alone.
    var label: String {
        guard let name = server.name, !name.isEmpty else { return "Server \(id)" }
        return "Server '\(name)' (\(id))"
    }

    /// The addresses over all networks; rows without an address show nothing.
    var addresses: [ServerAddress] {
        server.networks.flatMap(\.addresses).filter { $0.addr?.isEmpty == false }
    }

    /// The addresses that are elastic IPs.
    var floatingAddresses: [String] { addresses.filter { $0.type == "floating" }.compactMap(\.addr) }

    /// The attached disks beside the system disk.
    var dataDisks: [AttachedVolume] { server.volumes.filter(\.isDataDisk) }

    /// The preview's entry.
    ///
    /// `availability_zone`, `task_state` and `tags` are pruned, the others are always there.
    var json: JSONObject {
        var entry: JSONObject = [
            "server_id": .string(id), "name": .optional(server.name), "status": .optional(server.status),
            "flavor_id": .optional(server.flavor?.id),
            "addresses": .array(addresses.map { ["addr": .optional($0.addr), "type": .optional($0.type)] }),
            "volumes_attached": .array(server.volumes.map(\.json)), "locked": .optional(server.locked),
            "prepaid": .optional(server.isPrepaid),
        ]
        let optional: JSONObject = [
            "availability_zone": .optional(server.availabilityZone), "task_state": .optional(server.taskState), "tags": server.tagsJSON,
        ]
        for member in optional.pruned() { entry[member.key] = member.value }
        return entry
    }

    /// The schema of ``json``.
    static let schema = Shape.object(
        [
            "server_id": Shape.text(), "name": Shape.textOrNull(), "status": Shape.textOrNull(), "flavor_id": Shape.textOrNull(),
            "addresses": Shape.array(of: Shape.object(["addr": Shape.textOrNull(), "type": Shape.textOrNull()], required: [])),
            "volumes_attached": Shape.array(of: AttachedVolume.schema), "locked": Shape.flagOrNull(), "prepaid": Shape.flagOrNull(),
            "availability_zone": Shape.text(), "task_state": Shape.text(), "tags": Shape.array(of: Shape.text()),
        ],
        required: ["server_id"]
    )
}

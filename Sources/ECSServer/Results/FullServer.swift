import CloudServer
import JSONRPC

/// A server in full (ecs.md §2.2): the summary with more about its addresses, and everything else that is known.
enum FullServer {
    /// The members, pruned.
    ///
    /// Values of `metadata` under a sensitive name are masked.
    static func json(_ server: ServerDetail) -> JSONObject {
        let summary = ServerSummary.members(server, addresses: addresses(server))
        let more: JSONObject = [
            "flavor": server.flavor?.json ?? .null,
            "image_id": .optional(server.imageID),
            "power_state": .optional(server.powerState),
            "availability_zone": .optional(server.availabilityZone),
            "updated": .optional(server.updated),
            "key_name": .optional(server.keyName),
            "description": .optional(server.description),
            "enterprise_project_id": .optional(server.enterpriseProjectID),
            "host_id": .optional(server.hostID),
            "volumes_attached": .array(server.volumes.map(\.json)),
            "security_groups": .array(server.securityGroups.map(\.json)),
            "metadata": .object(metadata(server)),
        ]
        return JSONObject(distinct: summary.members + more.members).pruned()
    }

    /// The schema of ``json(_:)``.
    static let schema: JSONObject = {
        let address = Shape.object(
            ["addr": Shape.text(), "type": Shape.text("fixed or floating"), "version": Shape.text("4 or 6"), "mac": Shape.text()],
            required: []
        )
        let flavor = Shape.object([
            "id": Shape.textOrNull(), "name": Shape.textOrNull(), "vcpus": Shape.textOrNull(), "ram": Shape.textOrNull("MB"),
            "disk": Shape.textOrNull("GB"),
        ])
        let summary = ServerSummary.properties(addresses: Shape.map(to: Shape.array(of: address), "Network id to addresses."))
        let more: JSONObject = [
            "flavor": flavor,
            "image_id": Shape.text(),
            "power_state": Shape.integer("0 none, 1 running, 4 shut down"),
            "availability_zone": Shape.text(),
            "updated": Shape.text(),
            "key_name": Shape.text(),
            "description": Shape.text(),
            "enterprise_project_id": Shape.text(),
            "host_id": Shape.text(),
            "volumes_attached": Shape.array(of: AttachedVolume.schema),
            "security_groups": Shape.array(of: Shape.object(["id": Shape.textOrNull(), "name": Shape.textOrNull()])),
            "metadata": Shape.map(to: Shape.text(), "Values under sensitive names are masked."),
        ]
        return OutputSchema.object(JSONObject(distinct: summary.members + more.members), required: [])
    }()

    private static func addresses(_ server: ServerDetail) -> JSONObject {
        JSONObject(
            distinct: server.networks.compactMap { network in
                let rows = network.addresses.map(address).filter { !$0.isEmpty }
                return rows.isEmpty ? nil : JSONObject.Member(key: network.id, value: .array(rows.map(JSONValue.object)))
            }
        )
    }

    private static func address(_ address: ServerAddress) -> JSONObject {
        let members: JSONObject = [
            "addr": .optional(address.addr), "type": .optional(address.type), "version": .optional(address.version),
            "mac": .optional(address.mac),
        ]
        return members.withoutNulls()
    }

    private static func metadata(_ server: ServerDetail) -> JSONObject {
        JSONObject(
            distinct: server.metadata.map { name, value in
                JSONObject.Member(key: name, value: .string(SensitiveNames.contains(name) ? SensitiveNames.placeholder : value))
            }
        )
    }
}

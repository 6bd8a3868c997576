import CloudServer
import JSONRPC

/// A server as a row of a list (ecs.md §2.1).
enum ServerSummary {
    /// The summary's members, pruned; `addresses` maps the network's id to the addresses.
    static func json(_ server: ServerDetail) -> JSONObject { members(server, addresses: addresses(server)).pruned() }

    /// The schema of ``json(_:)``.
    static let schema = Shape.object(
        properties(addresses: Shape.map(to: Shape.array(of: Shape.text()), "Network id to addresses.")),
        required: []
    )

    /// The names of the members.
    static let names = properties(addresses: .null).keys

    /// What of a row a summary is made of.
    static let source: JSONSelection = [
        "id": .everything, "name": .everything, "status": .everything, "flavor": JSONSelection("id"), "addresses": .everything,
        "created": .everything, "tags": .everything, "OS-EXT-STS:task_state": .everything,
    ]

    /// The members of a summary in their order, not yet pruned.
    static func members(_ server: ServerDetail, addresses: JSONObject) -> JSONObject {
        [
            "id": .optional(server.id), "name": .optional(server.name), "status": .optional(server.status),
            "flavor_id": .optional(server.flavor?.id), "addresses": .object(addresses), "created": .optional(server.created),
            "tags": server.tagsJSON, "task_state": .optional(server.taskState),
        ]
    }

    /// The schemas of ``members(_:addresses:)``.
    static func properties(addresses: JSONValue) -> JSONObject {
        [
            "id": Shape.text(), "name": Shape.text(), "status": Shape.text("ACTIVE, SHUTOFF, ERROR, …"), "flavor_id": Shape.text(),
            "addresses": addresses, "created": Shape.text("Creation time, UTC."), "tags": Shape.array(of: Shape.text("key=value")),
            "task_state": Shape.text("What is being done with the server just now."),
        ]
    }

    private static func addresses(_ server: ServerDetail) -> JSONObject {
        JSONObject(
            distinct: server.networks.compactMap { network in
                let addresses = network.addresses.compactMap(\.addr).filter { !$0.isEmpty }
                return addresses.isEmpty ? nil : JSONObject.Member(key: network.id, value: .array(addresses.map(JSONValue.string)))
            }
        )
    }
}

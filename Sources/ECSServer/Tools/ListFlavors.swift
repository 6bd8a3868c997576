import AuthCommon
import CloudServer
import JSONRPC

/// `ecs_list_flavors` (ecs.md §2.3).
enum ListFlavors {
    /// The tool.
    static func tool(_ client: ECSClient) -> CloudTool {
        CloudTool(
            name: "ecs_list_flavors",
            title: "List server flavors",
            description: """
                Lists the flavors (sizes) that servers can have, of one availability zone or of the whole region. Use it to choose \
                target_flavor_ref for ecs_resize_server. A flavor whose status is `abandon` or `sellout` cannot be bought. `truncated` true \
                means that there are more: raise `limit` or name a zone.
                """,
            role: .fixed(.readonly),
            effect: .reads,
            input: ObjectSchema([
                .string("availability_zone", "Availability zone, e.g. af-south-1a.", nullable: true),
                .integer("limit", "Most rows to return.", default: 50, minimum: 1, maximum: 200),
            ]),
            output: OutputSchema.object([
                "count": Shape.integer("Rows returned."), "total": Shape.integer("Rows received."),
                "truncated": Shape.flag("There are more."),
                "flavors": Shape.array(of: Flavor.schema),
            ]),
            body: .immediate { arguments, _ in
                let answer = try await client.send(ListFlavorsRequest(availabilityZone: arguments.string("availability_zone")))
                return data(answer, limit: arguments.int("limit"))
            }
        )
    }

    /// The result, cut to `limit` rows.
    static func data(_ answer: ListFlavorsRequest.Answer, limit: Int) -> JSONObject {
        let rows = answer.flavors.prefix(limit)
        let isFullPage = answer.rowsReceived >= ListFlavorsRequest.pageSize
        return [
            "count": .int(rows.count), "total": .int(answer.flavors.count),
            "truncated": .bool(rows.count < answer.flavors.count || isFullPage), "flavors": .array(rows.map(\.json)),
        ]
    }
}

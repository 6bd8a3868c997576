import AuthCommon
import CloudServer
import JSONRPC

/// `ecs_list_flavors` (ecs.md §2.3).
enum ListFlavors {
    /// The name.
    static let name = "ecs_list_flavors"

    private static let cursor = ListCursor(tool: name, moving: [])

    /// The tool.
    static func tool(_ client: ECSClient) -> CloudTool {
        CloudTool(
            name: name,
            title: "List server flavors",
            description: """
                Lists the flavors (sizes) that servers can have, of one availability zone or of the whole region. Use it to choose \
                target_flavor_ref for ecs_resize_server. A flavor whose status is `abandon` or `sellout` cannot be bought. `truncated` true \
                means that there are more: pass `next_cursor` as `cursor`, or name a zone where that is null.
                """,
            role: .fixed(.readonly),
            effect: .reads,
            input: ObjectSchema([
                .string("availability_zone", "Availability zone, e.g. af-south-1a.", nullable: true),
                .integer("limit", "Most rows to return.", default: 50, minimum: 1, maximum: 200),
                FieldSelection.parameter(Flavor.names), ListCursor.parameter,
            ]),
            output: OutputSchema.object([
                "count": Shape.integer("Rows returned."), "total": Shape.integer("Rows received."),
                "truncated": Shape.flag("There are more."), "next_cursor": ListCursor.schema,
                "flavors": Shape.array(of: Flavor.schema),
            ]),
            body: .immediate { arguments, _ in
                let page = try cursor.page(arguments)
                let zone = page.arguments.string("availability_zone")
                let answer = try await client.send(ListFlavorsRequest(availabilityZone: zone))
                let rows = FlavorRows(answer.flavors, after: page.position, limit: page.arguments.int("limit"))
                return data(
                    answer,
                    rows,
                    fields: FieldSelection(page.arguments),
                    cursor: rows.next.map { cursor.next(page, [:], position: $0) } ?? .null
                )
            }
        )
    }

    /// The result with these rows of an answer.
    static func data(
        _ answer: ListFlavorsRequest.Answer,
        _ rows: FlavorRows,
        fields: FieldSelection = .all,
        cursor: JSONValue = .null
    ) -> JSONObject {
        let isFullPage = answer.rowsReceived >= ListFlavorsRequest.pageSize
        return [
            "count": .int(rows.flavors.count), "total": .int(answer.flavors.count), "truncated": .bool(rows.next != nil || isFullPage),
            "next_cursor": cursor, "flavors": .array(rows.flavors.map { .object(fields.row($0.json)) }),
        ]
    }
}

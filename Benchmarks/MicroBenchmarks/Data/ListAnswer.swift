import CloudServer
import JSONRPC

/// What `ecs_list_servers` returns for twenty servers, and the schemas of such a tool.
enum ListAnswer {
    /// The result: about 4 KB as text, so that a whole answer, which carries it as text and as a value, has about 9.
    static let data: JSONObject = [
        "count": 20, "limit": 20, "offset": 1, "next_offset": .null, "next_cursor": .null, "servers": .array((0..<20).map(row)),
    ]

    /// The parameters.
    static let input = ObjectSchema([
        .string("name", "Part of the name.", nullable: true),
        .string("status", "Status.", nullable: true, enum: ["ACTIVE", "SHUTOFF", "ERROR", "BUILD", "REBOOT", "UNKNOWN"]),
        .string("tags", "Tags as k=v.", nullable: true),
        .integer("limit", "Rows per page.", default: 20, minimum: 1, maximum: 100),
        .integer("offset", "Page number.", default: 1, minimum: 1),
        FieldSelection.parameter(["id", "name", "status"]),
    ])

    /// The schema of the result, in its envelope.
    static let output = OutputSchema.envelope(
        data: OutputSchema.object([
            "count": Shape.integer(), "limit": Shape.integer(), "offset": Shape.integer(), "next_offset": Shape.integerOrNull(),
            "next_cursor": Shape.textOrNull(),
            "servers": Shape.array(
                of: Shape.object(
                    [
                        "id": Shape.text(), "name": Shape.text(), "status": Shape.text(), "flavor_id": Shape.text(),
                        "addresses": Shape.map(to: Shape.array(of: Shape.text())), "created": Shape.text(),
                        "tags": Shape.array(of: Shape.text()), "task_state": Shape.text(),
                    ],
                    required: []
                )
            ),
        ])
    )

    private static func row(_ number: Int) -> JSONValue {
        let digits = number < 10 ? "0\(number)" : "\(number)"
        let id = "000000\(digits)-1111-4222-8333-444444444444"
        let addresses: JSONObject = [id: [.string("192.168.0.\(number + 10)")]]
        return [
            "id": .string(id), "name": .string("bench-server-\(digits)"), "status": "ACTIVE", "flavor_id": "c7.large.2",
            "addresses": .object(addresses), "tags": ["env=bench", .string("n=\(number)")],
        ]
    }
}

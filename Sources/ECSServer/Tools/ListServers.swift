import AuthCommon
import CloudServer
import JSONRPC

/// `ecs_list_servers` (ecs.md §2.1).
enum ListServers {
    /// The name.
    static let name = "ecs_list_servers"

    private static let cursor = ListCursor(tool: name, moving: ["offset"])

    /// The tool.
    static func tool(_ client: ECSClient) -> CloudTool {
        CloudTool(
            name: name,
            title: "List cloud servers",
            description: """
                Lists the servers (ECS instances) of the project, filtered, one page at a time. Use it to find a server's id or to survey \
                servers; ecs_get_server tells more about one. `offset` is a page number (1 is the first page), not a row offset: for more, \
                pass `next_offset`, or only `next_cursor` as `cursor`; null means that there is no further page. `count` is the total over all pages. The status ACTIVE also \
                matches servers that are rebooting, migrating or resizing. An empty list may mean missing rights on the enterprise project.
                """,
            role: .fixed(.readonly),
            effect: .reads,
            input: ObjectSchema([
                .string("name", "Part of the name; . matches any character.", nullable: true),
                .string("status", "Status of the server.", nullable: true, enum: statuses),
                .string("flavor_id", "Flavor, e.g. s6.large.2.", nullable: true),
                .string("ip", "Part of the private IPv4 address.", nullable: true),
                .string("tags", "Tags as k=v, several joined by commas.", nullable: true),
                .integer("limit", "Rows per page.", default: 20, minimum: 1, maximum: 100),
                .integer("offset", "Page number, from 1; not a row offset.", default: 1, minimum: 1),
                FieldSelection.parameter(ServerSummary.names), ListCursor.parameter,
            ]),
            output: OutputSchema.object([
                "count": Shape.integer("Total over all pages."), "limit": Shape.integer(), "offset": Shape.integer("This page's number."),
                "next_offset": Shape.integerOrNull("The next page's number; null: there is none."),
                "next_cursor": ListCursor.schema, "servers": Shape.array(of: ServerSummary.schema),
            ]),
            body: .immediate { arguments, _ in
                let page = try cursor.page(arguments)
                let arguments = page.arguments
                let limit = arguments.int("limit")
                let offset = arguments.int("offset")
                let request = ListServersDetailsRequest(
                    name: arguments.string("name"),
                    status: arguments.string("status"),
                    flavorID: arguments.string("flavor_id"),
                    ip: arguments.string("ip"),
                    tags: arguments.string("tags"),
                    limit: limit,
                    offset: offset,
                    rows: ServerSummary.source
                )
                let answer = try await client.send(request)
                let next = nextOffset(answer, limit: limit, offset: offset)
                return data(
                    answer,
                    limit: limit,
                    offset: offset,
                    fields: FieldSelection(arguments),
                    cursor: next.map { self.cursor.next(page, ["offset": .int($0)]) } ?? .null
                )
            }
        )
    }

    /// The result for a page; the same members whether there are rows or not.
    static func data(
        _ page: ListServersDetailsRequest.Page,
        limit: Int,
        offset: Int,
        fields: FieldSelection = .all,
        cursor: JSONValue = .null
    ) -> JSONObject {
        [
            "count": .int(page.total ?? page.servers.count), "limit": .int(limit), "offset": .int(offset),
            "next_offset": .optional(nextOffset(page, limit: limit, offset: offset)), "next_cursor": cursor,
            "servers": .array(page.servers.map { .object(fields.row(ServerSummary.json($0))) }),
        ]
    }

    /// The number of the next page: by the API's total, or without one when this page is full.
    private static func nextOffset(_ page: ListServersDetailsRequest.Page, limit: Int, offset: Int) -> Int? {
        let (seen, overflow) = offset.multipliedReportingOverflow(by: limit)
        guard !overflow else { return nil }
        let isMore = page.total.map { seen < $0 } ?? (page.rowsReceived >= limit)
        return isMore ? offset + 1 : nil
    }

    private static let statuses = [
        "ACTIVE", "SHUTOFF", "ERROR", "BUILD", "REBOOT", "HARD_REBOOT", "REBUILD", "MIGRATING", "RESIZE", "VERIFY_RESIZE", "REVERT_RESIZE",
        "DELETED", "PAUSED", "SUSPENDED", "SHELVED", "SHELVED_OFFLOADED", "UNKNOWN",
    ]
}

import AuthCommon
import CloudServer
import JSONRPC

/// `pipeline_list` (pipeline.md §2).
enum ListPipelines {
    /// The name.
    static let name = "pipeline_list"

    private static let cursor = ListCursor(tool: name, moving: ["offset"])

    /// The tool.
    static func tool(_ client: PipelineClient) -> CloudTool {
        CloudTool(
            name: name,
            title: "List pipelines",
            description: """
                Lists the pipelines of a CodeArts project, filtered, one page at a time, each with its latest run. Use it to find a pipeline's id \
                or to see its latest run: latest_run has its status and stages; PAUSED and SUSPEND wait for a person. `offset` counts rows; for \
                more, pass `next_offset`, or only `next_cursor` as `cursor`; null means that there is no further page. Disabled pipelines are listed only with is_banned true.
                """,
            role: .fixed(.readonly),
            effect: .reads,
            input: ObjectSchema(parameters),
            output: OutputSchema.object([
                "offset": Shape.integerOrNull("As the API answered."), "limit": Shape.integerOrNull(),
                "total": Shape.integerOrNull("Over all pages."), "has_more": Shape.flag(),
                "next_offset": Shape.integerOrNull("The next page's offset; null: there is none."),
                "next_cursor": ListCursor.schema, "pipelines": Shape.array(of: PipelineRow.schema),
            ]),
            body: .immediate { arguments, _ in
                let page = try cursor.page(arguments)
                let project = try client.project(page.arguments.string("project_id"))
                let answer = try await client.send(ListPipelinesRequest(query: query(page.arguments, in: project)), in: project)
                let limit = page.arguments.int("limit")
                let offset = page.arguments.int("offset")
                let next = nextOffset(answer, limit: limit, offset: offset)
                return data(
                    answer,
                    limit: limit,
                    offset: offset,
                    fields: FieldSelection(page.arguments),
                    cursor: next.map { cursor.next(page, ["offset": .int($0)]) } ?? .null
                )
            }
        )
    }

    /// The body: project and page always, filters only when given; in the order of the API's reference.
    static func query(_ arguments: Arguments, in project: CodeArtsProject) -> JSONObject {
        var query: JSONObject = ["project_id": .string(project.id)]
        for name in sentNames { query.set(name, arguments.value(name)) }
        query["offset"] = .int(arguments.int("offset"))
        query["limit"] = .int(arguments.int("limit"))
        return query
    }

    /// The result for a page; the same members whether there are rows or not.
    static func data(
        _ page: ListPipelinesRequest.Page,
        limit: Int,
        offset: Int,
        fields: FieldSelection = .all,
        cursor: JSONValue = .null
    ) -> JSONObject {
        let next = nextOffset(page, limit: limit, offset: offset)
        return [
            "offset": .optional(page.offset), "limit": .optional(page.limit), "total": .optional(page.total),
            "has_more": .bool(next != nil), "next_offset": .optional(next), "next_cursor": cursor,
            "pipelines": .array(page.rows.map { .object(fields.row(PipelineRow.json($0))) }),
        ]
    }

    /// The first row of the next page: by the API's total, or without one when this page is full.
    ///
    /// Where the API says which page it answered, that counts.
    private static func nextOffset(_ page: ListPipelinesRequest.Page, limit: Int, offset: Int) -> Int? {
        let (next, overflow) = (page.offset ?? offset).addingReportingOverflow(page.rowsReceived)
        guard !overflow else { return nil }
        let isMore = page.total.map { next < $0 } ?? (page.rowsReceived >= (page.limit ?? limit))
        return isMore ? next : nil
    }

    /// The optional members and the page, in the order in which they are sent.
    private static let sentNames = [
        "component_id", "name", "status", "creator_id", "creator_ids", "executor_ids", "start_time", "end_time", "offset", "limit",
        "sort_key", "sort_dir", "is_banned",
    ]

    private static let parameters: [Property] = [
        Parameter.projectID,
        .string("name", "Part of the name.", nullable: true),
        .array("status", "Status of the latest run.", items: .string(enum: statuses), nullable: true),
        .string("component_id", "Component.", nullable: true),
        .string("creator_id", "User id of the creator.", nullable: true),
        .array("creator_ids", "User ids of creators.", items: .string(), nullable: true),
        .array("executor_ids", "User ids of those who ran them.", items: .string(), nullable: true),
        .string("start_time", "Start of a time range, passed to the API as it is.", nullable: true),
        .string("end_time", "End of the time range.", nullable: true),
        .integer("offset", "Rows to skip.", default: 0, minimum: 0),
        .integer("limit", "Rows per page.", default: 20, minimum: 1, maximum: 100),
        .string("sort_key", "What to sort by.", nullable: true, enum: ["name", "create_time", "update_time"]),
        .string("sort_dir", "Direction.", nullable: true, enum: ["asc", "desc"]),
        .boolean("is_banned", "true: include disabled pipelines.", nullable: true),
        FieldSelection.parameter(PipelineRow.names), ListCursor.parameter,
    ]

    private static let statuses = ["COMPLETED", "RUNNING", "FAILED", "CANCELED", "PAUSED", "SUSPEND", "IGNORED"]
}

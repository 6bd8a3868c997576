import AuthCommon
import CloudServer
import FoundationEssentials
import JSONRPC
import MCPServer

/// `cts_search_traces` (cts.md §1).
enum SearchTraces {
    /// The name.
    static let name = "cts_search_traces"

    private static let cursor = ListCursor(tool: name, moving: ["start_time", "end_time", "next_marker"])

    /// The tool.
    static func tool(_ client: CTSClient, zone: Result<TimeZoneRules, ZoneProblem>) -> CloudTool {
        CloudTool(
            name: name,
            title: "Search audit traces",
            description: """
                Searches the audit log of this region: who called which API or console action on which resource, when, from where, with what \
                result. Only the last 7 days are kept; the default is the last hour. Management events appear after about a minute, data events \
                (trace_type `data`: operations on OBS objects) after about five; a trace may appear twice. To read on, repeat the call with \
                `next_marker` and with the answer's query.from_ms and query.to_ms as start_time and end_time, so that the window stays the same; \
                or pass only `next_cursor` as `cursor`; or set auto_paginate. No match is a good answer with no traces. Credentials in requests and responses are masked and bodies cut \
                to 500 characters; cts_get_trace_detail shows more. Take `warnings` into account.
                """,
            role: .fixed(.readonly),
            effect: .reads,
            input: ObjectSchema([
                .string(
                    "start_time",
                    "now, -30m, -2h, -7d, 2026-06-20T14:00:00+08:00 or Unix s/ms; without an offset in the server's time zone. Default: 1 h before end_time.",
                    nullable: true
                ),
                .string("end_time", "Like start_time. Default: now.", nullable: true),
                .string("service_type", "Upper-case service code: ECS, OBS, IAM, …", nullable: true),
                .string("user", "User name.", nullable: true),
                .string("trace_rating", "Severity.", nullable: true, enum: ["normal", "warning", "incident"]),
                .string("trace_type", "Management (system) or data events.", default: "system", enum: ["system", "data"]),
                .string("trace_name", "Exact action, e.g. deleteServer.", nullable: true),
                .string("resource_type", "Exact type, e.g. ecs.", nullable: true),
                .string("resource_name", "Exact name.", nullable: true),
                .string("resource_id", "Exact id.", nullable: true),
                .integer("limit", "Rows per page.", default: 10, minimum: 1, maximum: 200),
                .string("next_marker", "From the previous answer.", nullable: true),
                .boolean("auto_paginate", "Read page after page, to max_results.", default: false),
                .integer("max_results", "Most rows with auto_paginate.", default: 100, minimum: 1, maximum: 2_000),
                FieldSelection.parameter(TraceSummary.names), ListCursor.parameter,
            ]),
            output: SearchResult.schema,
            body: .immediate { arguments, context in
                let zone = try zone.get()
                let page = try cursor.page(arguments)
                let search = try TraceSearch(page.arguments, reader: TimeText(now: context.now().milliseconds, zone: zone))
                let outcome = try await run(search, client, context)
                let next = outcome.nextMarker.map { marker in
                    cursor.next(
                        page,
                        [
                            "start_time": .string(String(search.range.from)), "end_time": .string(String(search.range.to)),
                            "next_marker": .string(marker),
                        ]
                    )
                }
                return SearchResult.json(
                    search,
                    outcome,
                    zone: zone,
                    fields: FieldSelection(page.arguments),
                    cursor: next ?? .null
                )
            }
        )
    }

    private static func run(_ search: TraceSearch, _ client: CTSClient, _ context: ToolContext) async throws -> Pagination.Outcome {
        var pagination = Pagination(pageSize: search.pageSize, maximumResults: search.maximumResults, marker: search.marker)
        var page = pagination.firstPage
        var read = 0
        while true {
            let answer = try await client.send(search.request(page))
            read += answer.traces.count
            switch pagination.receive(answer) {
            case .finish(let outcome): return outcome
            case .fetch(let next):
                page = next
                await context.request.reportProgress(Double(read), total: search.maximumResults.map(Double.init))
            }
        }
    }
}

import AuthCommon
import CloudServer
import FoundationEssentials
import JSONRPC

/// `cts_get_trace_detail` (cts.md §2).
enum GetTraceDetail {
    /// The name.
    static let name = "cts_get_trace_detail"

    /// The tool.
    static func tool(_ client: CTSClient, zone: Result<TimeZoneRules, ZoneProblem>) -> CloudTool {
        CloudTool(
            name: name,
            title: "Show an audit trace",
            description: """
                Shows one audit trace of the last 7 days by the trace_id that cts_search_traces returned: all that is recorded of the caller, the \
                resource, the request and the response. Credentials are masked; request and response are cut to 5000 characters each, which \
                request_truncated and response_truncated tell. The API cannot look up `data` events by id: search for them instead.
                """,
            role: .fixed(.readonly),
            effect: .reads,
            input: ObjectSchema([
                .string("trace_id", "The trace's id.", minLength: 1, maxLength: 128, required: true),
                .string("trace_type", "As in the search that found it.", default: "system", enum: ["system", "data"]),
            ]),
            output: TraceDetail.schema,
            body: .immediate { arguments, context in
                let zone = try zone.get()
                let id = arguments.text("trace_id")
                let type = arguments.text("trace_type")
                let now = context.now().milliseconds
                let range = TimeRange(from: now - TimeRange.retention, to: now)
                let page = try await client.send(ListTracesRequest(traceType: type, range: range, traceID: id))
                // The API may answer with other traces; only the one that was asked for counts.
                guard let trace = page.traces.first(where: { $0.id.map { ExactString.same($0, id) } ?? false }) else {
                    throw ToolError.noSuchTrace(id, type: type, page)
                }
                return TraceDetail.json(trace, zone: zone)
            }
        )
    }
}

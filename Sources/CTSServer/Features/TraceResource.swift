import CloudServer
import JSONRPC

/// `huaweicloud://cts/traces/{id}`: what `cts_get_trace_detail` tells of a management event of the last 7 days.
enum TraceResource {
    /// The family.
    static func family(_ client: CTSClient) -> ResourceFamily {
        ResourceFamily(
            "huaweicloud://cts/traces/{id}",
            name: "cts-trace",
            title: "Audit trace",
            description: "One management event of the last 7 days, as cts_get_trace_detail shows it.",
            tool: GetTraceDetail.name,
            arguments: { ["trace_id": .string($0["id"] ?? "")] },
            suggestions: ["id": TraceSuggestions.ids(client)]
        )
    }
}

import CloudServer
import FoundationEssentials
import JSONRPC

/// Suggestions from recent traces: one page of the audit log.
enum TraceSuggestions {
    /// Ids of the traces of the last hour.
    static func ids(_ client: CTSClient) -> Suggestions {
        suggestions(client, TraceFilters(), milliseconds: TimeRange.defaultLength) { traces, input in
            input.matches(in: traces.compactMap(\.id))
        }
    }

    /// Names, then ids, of the servers that something happened to in the last day.
    static func servers(_ client: CTSClient) -> Suggestions {
        suggestions(client, TraceFilters(serviceType: "ECS"), milliseconds: 86_400_000) { traces, input in
            ["resource_name", "resource_id"].flatMap { member in
                input.matches(in: traces.compactMap { $0.maskedText(member).stringValue })
            }
        }
    }

    private static func suggestions(
        _ client: CTSClient,
        _ filters: TraceFilters,
        milliseconds: Int,
        _ choose: @escaping @Sendable ([Trace], Suggestions.Input) -> [String]
    ) -> Suggestions {
        Suggestions(allowedBy: SearchTraces.name) { input, context in
            let now = context.now().milliseconds
            let request = ListTracesRequest(
                traceType: "system",
                range: TimeRange(from: now - milliseconds, to: now),
                filters: filters,
                page: PageRequest(limit: 200)
            )
            return choose(try await client.send(request).traces, input)
        }
    }
}

import HuaweiCloud

/// `GET /v3/{pid}/traces`: a page of traces, or the traces with one id (cts.md §8).
struct ListTracesRequest: Sendable {
    /// The name of the operation, for the log.
    static let operation = "ListTraces"

    /// The query's parameters in any order.
    let query: [(String, QueryValue)]

    /// A page of a search; what is nil is not sent.
    init(traceType: String, range: TimeRange, filters: TraceFilters, page: PageRequest) {
        var query = Self.window(traceType, range)
        query.append(("limit", .integer(page.limit)))
        if let marker = page.marker { query.append(("next", .text(marker))) }
        for (name, value) in filters.given { query.append((name, .text(value))) }
        self.query = query
    }

    /// The trace of an id; the API ignores all other conditions then.
    init(traceType: String, range: TimeRange, traceID: String) {
        query = Self.window(traceType, range) + [("trace_id", .text(traceID))]
    }

    /// The request for the cloud's client.
    func cloudRequest(projectID: String) -> CloudRequest {
        CloudRequest(
            service: .cts,
            operation: Self.operation,
            method: "GET",
            path: PercentEncoding.path(["v3", projectID, "traces"]),
            query: query,
            idempotency: .read,
            projectID: projectID
        )
    }

    private static func window(_ traceType: String, _ range: TimeRange) -> [(String, QueryValue)] {
        [("trace_type", .text(traceType)), ("from", .integer(range.from)), ("to", .integer(range.to))]
    }
}

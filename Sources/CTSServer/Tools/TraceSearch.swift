import CloudServer

/// What one call of `cts_search_traces` asks for.
struct TraceSearch: Sendable, Hashable {
    /// `system` or `data`.
    let traceType: String
    /// The window; the same for every page.
    let range: TimeRange
    /// The conditions.
    let filters: TraceFilters
    /// Rows per page.
    let pageSize: Int
    /// The most rows over all pages; nil = one page only.
    let maximumResults: Int?
    /// Where the first page begins.
    let marker: String?

    /// The search that arguments describe.
    ///
    /// - Throws: `TIME_RANGE_INVALID` or `TIME_RANGE_TOO_OLD`.
    init(_ arguments: Arguments, reader: TimeText) throws(ToolError) {
        range = try TimeRange(start: arguments.string("start_time"), end: arguments.string("end_time"), reader: reader)
        traceType = arguments.text("trace_type")
        filters = TraceFilters(
            serviceType: arguments.string("service_type"),
            user: arguments.string("user"),
            traceRating: arguments.string("trace_rating"),
            traceName: arguments.string("trace_name"),
            resourceType: arguments.string("resource_type"),
            resourceName: arguments.string("resource_name"),
            resourceID: arguments.string("resource_id")
        )
        pageSize = arguments.int("limit")
        maximumResults = arguments.bool("auto_paginate") ? arguments.int("max_results") : nil
        marker = arguments.string("next_marker")
    }

    /// What is odd about the search: filters that the API does not apply.
    var warnings: [String] {
        guard traceType == "data" else { return [] }
        return filters.given.map { filter in
            "\(filter.name): the API applies this filter only to system traces; with trace_type data the rows are not filtered by it."
        }
    }

    /// The request for a page.
    func request(_ page: PageRequest) -> ListTracesRequest {
        ListTracesRequest(traceType: traceType, range: range, filters: filters, page: page)
    }
}

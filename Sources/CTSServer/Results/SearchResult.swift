import CloudServer
import JSONRPC

/// The result of a search; all members are always there (cts.md §1).
enum SearchResult {
    /// The members.
    static func json(
        _ search: TraceSearch,
        _ outcome: Pagination.Outcome,
        zone: TimeZoneRules,
        fields: FieldSelection = .all,
        cursor: JSONValue = .null
    ) -> JSONObject {
        [
            "total_returned": .int(outcome.traces.count),
            "next_marker": .optional(outcome.nextMarker),
            "next_cursor": cursor,
            "truncated": .bool(outcome.isTruncated),
            "query": [
                "from_ms": .int(search.range.from), "to_ms": .int(search.range.to), "filters": .object(filters(search)),
            ],
            "traces": .array(outcome.traces.map { .object(fields.row(TraceSummary.json($0, zone: zone))) }),
            "warnings": .array((search.warnings + outcome.warnings).map(JSONValue.string)),
        ]
    }

    /// The schema of ``json(_:_:zone:)``.
    static let schema = OutputSchema.object([
        "total_returned": Shape.integer(),
        "next_marker": Shape.textOrNull("For the next page; null: there is none."),
        "next_cursor": ListCursor.schema,
        "truncated": Shape.flag("auto_paginate stopped although there was more."),
        "query": Shape.object([
            "from_ms": Shape.integer("The start that was sent."), "to_ms": Shape.integer("The end that was sent."),
            "filters": Shape.object([
                "service_type": Shape.textOrNull(), "user": Shape.textOrNull(), "trace_rating": Shape.textOrNull(),
                "trace_type": Shape.text(), "trace_name": Shape.textOrNull(), "resource_type": Shape.textOrNull(),
                "resource_name": Shape.textOrNull(), "resource_id": Shape.textOrNull(), "limit": Shape.integer(),
                "auto_paginate": Shape.flag(), "max_results": Shape.integerOrNull(),
            ]),
        ]),
        "traces": Shape.array(of: .object(TraceSummary.schema)),
        "warnings": Shape.array(of: Shape.text("Which parameter, and what is odd.")),
    ])

    private static func filters(_ search: TraceSearch) -> JSONObject {
        let filters = search.filters
        return [
            "service_type": .optional(filters.serviceType), "user": .optional(filters.user),
            "trace_rating": .optional(filters.traceRating), "trace_type": .string(search.traceType),
            "trace_name": .optional(filters.traceName), "resource_type": .optional(filters.resourceType),
            "resource_name": .optional(filters.resourceName), "resource_id": .optional(filters.resourceID),
            "limit": .int(search.pageSize), "auto_paginate": .bool(search.maximumResults != nil),
            "max_results": .optional(search.maximumResults),
        ]
    }
}

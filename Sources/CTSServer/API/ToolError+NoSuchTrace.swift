import CloudServer

extension ToolError {
    /// `NOT_FOUND` for a trace that an otherwise good answer did not contain.
    static func noSuchTrace(_ id: String, type: String, _ page: TracePage) -> ToolError {
        let lookup =
            type == "data"
            ? "The API cannot look up data events by id: find the trace with cts_search_traces and trace_type data. "
            : "Check the id, the region and trace_type. "
        return ToolError(
            code: ErrorCode.notFound,
            message: "There is no trace \(id) of trace_type \(type) in the last 7 days.",
            hint: lookup + "Events older than 7 days are only in the OBS bucket that the tracker transfers them to, if it does.",
            requestID: page.requestID,
            statusCode: page.status,
            retryable: false
        )
    }
}

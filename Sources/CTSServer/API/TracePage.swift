import HuaweiCloud
import JSONRPC

/// A page of traces as the API answered it.
struct TracePage: Sendable {
    /// The rows, also those without anything that could be read.
    var traces: [Trace]
    /// Where the next page begins; nil = there is none.
    var marker: String?
    /// The HTTP status.
    var status = 200
    /// The cloud's request id.
    var requestID: String?

    /// A page of these rows.
    init(traces: [Trace], marker: String?) {
        self.traces = traces
        self.marker = marker
    }

    /// Reads an answer; a missing list or missing metadata count as empty.
    ///
    /// - Throws: `UPSTREAM_INVALID_RESPONSE` when it is no JSON object.
    init(_ response: CloudResponse) throws(CloudError) {
        let body = try response.object()
        traces = body.lenientArray("traces").map(Trace.init)
        marker = body.lenientObject("meta_data")?.nonEmptyText("marker")
        status = response.status
        requestID = response.requestID
    }
}

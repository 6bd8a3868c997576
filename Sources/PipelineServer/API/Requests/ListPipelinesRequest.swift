import HuaweiCloud
import JSONRPC

/// `POST /v5/{cid}/api/pipelines/list`: pipelines that match filters, a page at a time.
///
/// It changes nothing and is repeated like a GET.
struct ListPipelinesRequest: PipelineRequest {
    /// A page of pipelines.
    struct Page: Sendable {
        /// What the API says about the page; nil when it does not.
        var offset: Int?
        var limit: Int?
        var total: Int?
        /// How many rows the API sent, those included that could not be read.
        var rowsReceived: Int
        /// The rows that are objects.
        var rows: [JSONObject]
    }

    static let operation = "ListPipelines"

    let method = "POST"
    let segments = ["list"]
    let idempotency = Idempotency.read
    let body: JSONObject?

    /// - Parameter query: The body: filters and page.
    init(query: JSONObject) { body = query }

    func answer(_ response: CloudResponse) throws(CloudError) -> Page {
        let body = try response.goodObject()
        let rows = body.lenientArray("pipelines")
        return Page(
            offset: body.lenientInt("offset"),
            limit: body.lenientInt("limit"),
            total: body.lenientInt("total"),
            rowsReceived: rows.count,
            rows: rows.compactMap(\.objectValue)
        )
    }
}

import HuaweiCloud
import JSONRPC

/// `GET /v1/{pid}/cloudservers/detail`: servers that match filters, a page at a time.
///
/// When `server_id` is given the API ignores every other filter.
struct ListServersDetailsRequest: ECSRequest {
    /// A page of servers.
    struct Page: Sendable {
        /// How many servers match on all pages; nil when the API did not say.
        var total: Int?
        /// How many rows the API sent, those included that could not be read.
        var rowsReceived: Int
        /// The servers of this page.
        var servers: [ServerDetail]
        /// The request's id and status, for errors about what is missing in it.
        var origin: ResponseOrigin
    }

    static let operation = "ListServersDetails"

    let segments = ["cloudservers", "detail"]
    let query: [(String, QueryValue)]
    /// What of each row is read.
    let rows: JSONSelection

    /// Servers that match filters; filters that are nil are not sent.
    init(
        name: String?,
        status: String?,
        flavorID: String?,
        ip: String?,
        tags: String?,
        limit: Int,
        offset: Int,
        rows: JSONSelection = ServerDetail.members
    ) {
        self.rows = rows
        let filters = [("flavor", flavorID), ("ip", ip), ("name", name), ("status", status), ("tags", tags)]
        query =
            filters.compactMap { filter, value in value.map { (filter, .text($0)) } }
            + [("limit", .integer(limit)), ("offset", .integer(offset))]
    }

    /// Exactly these servers.
    init(ids: [ServerID]) {
        rows = ServerDetail.members
        query = [("server_id", .text(ids.map(\.text).joined(separator: ","))), ("limit", .integer(ids.count))]
    }

    func answer(_ response: CloudResponse) throws(CloudError) -> Page {
        let body = try response.object(keeping: ["count": .everything, "servers": rows])
        let rows = body.lenientArray("servers")
        return Page(
            total: body.lenientInt("count"),
            rowsReceived: rows.count,
            servers: rows.compactMap(\.objectValue).map(ServerDetail.init),
            origin: ResponseOrigin(response)
        )
    }
}

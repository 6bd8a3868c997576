import HuaweiCloud
import JSONRPC

/// `GET /v1/{pid}/cloudservers/flavors`: the flavors, of one availability zone or of all.
struct ListFlavorsRequest: ECSRequest {
    /// The first page of flavors.
    struct Answer: Sendable {
        /// How many rows the API sent, those included that could not be read.
        var rowsReceived: Int
        var flavors: [Flavor]
    }

    static let operation = "ListFlavors"

    /// The API's page size: when it sends so many rows, there may be more.
    static let pageSize = 1_000

    let availabilityZone: String?

    let segments = ["cloudservers", "flavors"]

    var query: [(String, QueryValue)] { availabilityZone.map { [("availability_zone", .text($0))] } ?? [] }

    func answer(_ response: CloudResponse) throws(CloudError) -> Answer {
        let rows = try response.object().lenientArray("flavors")
        return Answer(rowsReceived: rows.count, flavors: rows.compactMap(\.objectValue).map(Flavor.init))
    }
}

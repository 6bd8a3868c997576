import HuaweiCloud

/// Which answer of the cloud something was read from, so that an error about its content can name it (servers.md §1).
struct ResponseOrigin: Sendable, Hashable {
    /// The HTTP status.
    var status: Int
    /// The cloud's request id, if the answer carried one.
    var requestID: String?

    init(status: Int, requestID: String?) {
        self.status = status
        self.requestID = requestID
    }

    init(_ response: CloudResponse) {
        status = response.status
        requestID = response.requestID
    }
}

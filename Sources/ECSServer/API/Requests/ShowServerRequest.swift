import HuaweiCloud
import JSONRPC

/// `GET /v1/{pid}/cloudservers/{server_id}`: one server.
struct ShowServerRequest: ECSRequest {
    /// The server, if the answer has one.
    struct Answer: Sendable {
        var server: ServerDetail?
        var origin: ResponseOrigin
    }

    static let operation = "ShowServer"

    let id: ServerID

    var segments: [String] { ["cloudservers", id.text] }

    func answer(_ response: CloudResponse) throws(CloudError) -> Answer {
        let body = try response.object()
        return Answer(server: body.lenientObject("server").map(ServerDetail.init), origin: ResponseOrigin(response))
    }
}

import HuaweiCloud
import JSONRPC

/// `POST /v1.1/{pid}/cloudservers/{server_id}/resize`: gives a server another flavor.
///
/// Answered with a job, or for a prepaid server with an order.
struct ResizeServerRequest: ECSRequest {
    static let operation = "ResizeServer"

    let resize: Resize

    let version = "v1.1"

    var segments: [String] { ["cloudservers", resize.id, "resize"] }

    var body: JSONObject? { resize.body }

    func answer(_ response: CloudResponse) throws(CloudError) -> ResizeAnswer {
        let body = try JobAnswer.body(response)
        let answer = ResizeAnswer(jobID: body.nonEmptyText("job_id"), orderID: body.nonEmptyText("order_id"))
        guard answer.jobID != nil || answer.orderID != nil else {
            throw JobAnswer.senseless(response, "The API accepted the resize but named neither a job nor an order.")
        }
        return answer
    }
}

import HuaweiCloud
import JSONRPC

/// `PUT /v5/{cid}/api/pipelines/{pipeline_id}`: replaces a pipeline; what is not sent is lost (pipeline.md §5).
struct UpdatePipelineRequest: PipelineRequest {
    /// What the API says about an accepted update.
    struct Receipt: Sendable, Hashable {
        /// The pipeline's id, if it names one.
        var pipelineID: String?
        /// The cloud's request id.
        var requestID: String?
    }

    static let operation = "UpdatePipelineInfo"

    let method = "PUT"
    let idempotency = Idempotency.write
    let id: String
    let componentID: String?
    let body: JSONObject?

    var segments: [String] { [id] }

    var query: [(String, QueryValue)] { componentID.map { [("component_id", .text($0))] } ?? [] }

    func answer(_ response: CloudResponse) throws(CloudError) -> Receipt {
        Receipt(pipelineID: try response.goodObject().lenientText("pipeline_id"), requestID: response.requestID)
    }
}

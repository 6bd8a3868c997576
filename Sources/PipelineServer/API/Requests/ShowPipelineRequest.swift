import HuaweiCloud
import JSONRPC

/// `GET /v5/{cid}/api/pipelines/{pipeline_id}`: a pipeline in full.
struct ShowPipelineRequest: PipelineRequest {
    static let operation = "ShowPipelineDetail"

    let method = "GET"
    let idempotency = Idempotency.read
    let id: String

    var segments: [String] { [id] }

    /// The pipeline.
    ///
    /// - Throws: `UPSTREAM_INVALID_RESPONSE` also for an empty object.
    func answer(_ response: CloudResponse) throws(CloudError) -> PipelineDetail {
        let body = try response.goodObject()
        if body.isEmpty { throw response.invalid("The API's answer does not describe a pipeline: it is empty.") }
        return PipelineDetail(json: body)
    }
}

import HuaweiCloud
import JSONRPC

/// `POST /v5/{cid}/api/pipelines/{pipeline_id}/run`: starts a run.
struct RunPipelineRequest: PipelineRequest {
    /// The run that was started.
    struct Run: Sendable, Hashable {
        /// Its id.
        var id: String
        /// What the API complains about although it started the run.
        var warning: String?
    }

    static let operation = "RunPipeline"

    let method = "POST"
    let idempotency = Idempotency.write
    let id: String
    let body: JSONObject?

    var segments: [String] { [id, "run"] }

    func answer(_ response: CloudResponse) throws(CloudError) -> Run {
        let body: JSONObject
        do throws(CloudError) { body = try response.goodObject() } catch {
            var error = error
            if error.code == CloudError.Code.upstreamInvalidResponse { error.hint = error.hint ?? Self.hint }
            throw error
        }
        let complaint = body.nonEmptyText("error_msg")
        guard let run = body.nonEmptyText("pipeline_run_id") else {
            throw response.invalid(complaint ?? "The API accepted the request but named no run.", hint: Self.hint)
        }
        // The message is cleaned as that of an error is.
        return Run(id: run, warning: complaint.map { response.invalid($0).message })
    }

    private static let hint =
        "A run may have been started. Look at latest_run of the pipeline with pipeline_list before repeating the call."
}

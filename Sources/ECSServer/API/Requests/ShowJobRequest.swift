import HuaweiCloud
import JSONRPC

/// `GET /v1/{pid}/jobs/{job_id}`: the state of a job.
struct ShowJobRequest: ECSRequest {
    static let operation = "ShowJob"

    /// Any text but `.` and `..`; it is one segment of the path whatever it contains.
    let id: String

    var segments: [String] { ["jobs", id] }

    func answer(_ response: CloudResponse) throws(CloudError) -> Job { Job(try response.object()) }
}

import HuaweiCloud
import JSONRPC

/// `POST /v1/{pid}/cloudservers/delete`: deletes servers.
///
/// Answered with the id of a job.
struct DeleteServersRequest: ECSRequest {
    static let operation = "DeleteServers"

    /// At most 1,000 (ecs.md §4.2); repeated ones are sent as given.
    let ids: [String]
    /// Whether elastic IPs are released instead of kept.
    let deletesPublicIP: Bool
    /// Whether data disks are deleted instead of kept.
    let deletesVolumes: Bool

    let segments = ["cloudservers", "delete"]

    var body: JSONObject? {
        [
            "delete_publicip": .bool(deletesPublicIP), "delete_volume": .bool(deletesVolumes), "servers": ServerActionRequest.servers(ids),
        ]
    }

    func answer(_ response: CloudResponse) throws(CloudError) -> String { try JobAnswer.jobID(response) }
}

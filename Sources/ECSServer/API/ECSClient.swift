import CloudServer
import HuaweiCloud

/// Sends the requests of the ECS API.
struct ECSClient: Sendable {
    private let cloud: CloudAccess

    init(_ cloud: CloudAccess) { self.cloud = cloud }

    /// Sends a request and reads its answer.
    ///
    /// - Throws: `PROJECT_ID_LOOKUP_FAILED`, `UNSUPPORTED_REGION`, the API's own error, or a failure of the transport.
    func send<Request: ECSRequest>(_ request: Request) async throws(CloudError) -> Request.Answer {
        let projectID = try await cloud.projectID.projectID()
        return try request.answer(try await cloud.client.send(request.cloudRequest(projectID: projectID)))
    }
}

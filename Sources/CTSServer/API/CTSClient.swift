import CloudServer
import HuaweiCloud

/// Asks the CTS API for traces.
struct CTSClient: Sendable {
    private let cloud: CloudAccess

    init(_ cloud: CloudAccess) { self.cloud = cloud }

    /// Sends a request and reads its answer.
    ///
    /// - Throws: `PROJECT_ID_LOOKUP_FAILED`, `UNSUPPORTED_REGION`, the API's own error, or a failure of the transport.
    func send(_ request: ListTracesRequest) async throws(CloudError) -> TracePage {
        let projectID = try await cloud.projectID.projectID()
        do throws(CloudError) {
            return try TracePage(await cloud.client.send(request.cloudRequest(projectID: projectID)))
        } catch {
            throw Self.namingPermission(error)
        }
    }

    /// `CTS.0002` with the permission that is missing.
    private static func namingPermission(_ error: CloudError) -> CloudError {
        guard error.code == "CTS.0002" else { return error }
        var error = error
        error.hint = "The configured credentials need the permission cts:trace:list; ask an administrator of the account for it."
        return error
    }
}

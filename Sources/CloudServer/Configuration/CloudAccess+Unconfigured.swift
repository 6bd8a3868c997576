import HuaweiCloud
import ProcessSupport

extension CloudAccess {
    /// An access for listing the tools of a server that is not configured.
    ///
    /// Every use of it fails and nothing is sent.
    package static let unconfigured: CloudAccess = {
        let client = CloudClient(
            transport: NoTransport(),
            credentials: NoCredentials(),
            endpoints: Endpoints(),
            region: "",
            userAgent: "unconfigured",
            log: .disabled
        )
        return CloudAccess(
            client: client,
            projectID: ProjectIDResolver(configured: nil, client: client),
            configuredProjectID: nil,
            region: ""
        )
    }()

    private struct NoTransport: HTTPTransport {
        func execute(_ request: SignedRequest, timeout: Duration) async throws(TransportFailure) -> TransportResponse {
            throw TransportFailure(.unsendable, sent: false)
        }
    }

    private struct NoCredentials: CredentialsProvider {
        func credentials() async throws(CloudError) -> Credentials {
            throw CloudError(code: CloudError.Code.credentialsUnusable, message: "The server is not configured.")
        }
    }
}

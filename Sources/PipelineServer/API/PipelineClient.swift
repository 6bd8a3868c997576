import CloudServer
import HuaweiCloud

/// Sends the requests of the CodeArts Pipeline API.
struct PipelineClient: Sendable {
    private let cloud: CloudAccess

    init(_ cloud: CloudAccess) { self.cloud = cloud }

    /// The CodeArts project that a call is about (pipeline.md §1.1).
    ///
    /// - Throws: `MISSING_PROJECT_ID`.
    func project(_ argument: String?) throws(ToolError) -> CodeArtsProject {
        try CodeArtsProject(argument: argument, default: cloud.variables[CodeArtsProject.defaultVariable.name])
    }

    /// Checks that the region has an endpoint, for a preview that sends nothing itself.
    ///
    /// - Throws: `UNSUPPORTED_REGION`.
    func requireEndpoint() throws(CloudError) { try cloud.client.requireEndpoint(for: .pipeline) }

    /// Sends a request and reads its answer.
    ///
    /// - Throws: `UNSUPPORTED_REGION`, the API's own error, also one in a 2xx answer, or a failure of the transport.
    func send<Request: PipelineRequest>(_ request: Request, in project: CodeArtsProject) async throws(CloudError) -> Request.Answer {
        do throws(CloudError) {
            let sent = request.cloudRequest(in: project, cloudProjectID: cloud.configuredProjectID)
            return try request.answer(try await cloud.client.send(sent))
        } catch {
            var error = error
            if error.hint == nil, Self.concurrencyCodes.contains(error.code) { error.hint = Self.concurrencyHint }
            throw error
        }
    }

    private static let concurrencyCodes = ["DEVPIPE.00011104", "DEVPIPE.00011105"]

    private static let concurrencyHint =
        "The pipeline has as many runs as its concurrency limit allows; wait until one has ended, as latest_run in pipeline_list shows."
}

import HuaweiCloud
import JSONRPC

/// One request of the CodeArts Pipeline API, as a value: what is sent, and how its answer is read (pipeline.md §7).
protocol PipelineRequest: Sendable {
    /// What a good answer says.
    associatedtype Answer: Sendable

    /// The vendor's name of the operation, for the log.
    static var operation: String { get }

    /// The method, upper case.
    var method: String { get }

    /// What follows `/v5/{cid}/api/pipelines` in the path, not yet percent-encoded.
    var segments: [String] { get }

    /// The query's parameters in any order.
    var query: [(String, QueryValue)] { get }

    /// The body; nil for none.
    var body: JSONObject? { get }

    /// Whether it may be repeated.
    var idempotency: Idempotency { get }

    /// Reads a 2xx answer.
    ///
    /// - Throws: The error that the answer reports; `UPSTREAM_INVALID_RESPONSE` for a senseless one.
    func answer(_ response: CloudResponse) throws(CloudError) -> Answer
}

extension PipelineRequest {
    var query: [(String, QueryValue)] { [] }

    var body: JSONObject? { nil }

    /// The percent-encoded path: whatever a segment contains, it stays one segment.
    func path(in project: CodeArtsProject) -> String { PercentEncoding.path(["v5", project.id, "api", "pipelines"] + segments) }

    /// The request for the cloud's client.
    ///
    /// - Parameter cloudProjectID: The cloud project id, if one is configured; it is only sent along.
    func cloudRequest(in project: CodeArtsProject, cloudProjectID: String?) -> CloudRequest {
        CloudRequest(
            service: .pipeline,
            operation: Self.operation,
            method: method,
            path: path(in: project),
            query: query,
            body: body?.bytes(.compact),
            idempotency: idempotency,
            projectID: cloudProjectID
        )
    }
}

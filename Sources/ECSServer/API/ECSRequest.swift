import HuaweiCloud
import JSONRPC

/// One request of the ECS API, as a value: what is sent, and how its answer is read (ecs.md §4).
protocol ECSRequest: Sendable {
    /// What a good answer says.
    associatedtype Answer: Sendable

    /// The vendor's name of the operation, for the log.
    static var operation: String { get }

    /// The method, upper case.
    var method: String { get }

    /// The version segment of the path.
    var version: String { get }

    /// What follows the project id in the path, not yet percent-encoded.
    var segments: [String] { get }

    /// The query's parameters in any order.
    var query: [(String, QueryValue)] { get }

    /// The body of a POST.
    var body: JSONObject? { get }

    /// Reads a 2xx answer.
    ///
    /// - Throws: `UPSTREAM_INVALID_RESPONSE` for an answer without the members that every answer must have.
    func answer(_ response: CloudResponse) throws(CloudError) -> Answer
}

extension ECSRequest {
    var method: String { body == nil ? "GET" : "POST" }

    var version: String { "v1" }

    var query: [(String, QueryValue)] { [] }

    var body: JSONObject? { nil }

    /// The percent-encoded path: whatever a segment contains, it stays one segment.
    func path(projectID: String) -> String { PercentEncoding.path([version, projectID] + segments) }

    /// The request for the cloud's client.
    ///
    /// A request with a body changes something, as far as repeating it is concerned.
    func cloudRequest(projectID: String) -> CloudRequest {
        CloudRequest(
            service: .ecs,
            operation: Self.operation,
            method: method,
            path: path(projectID: projectID),
            query: query,
            body: body?.bytes(.compact),
            idempotency: body == nil ? .read : .write,
            projectID: projectID
        )
    }
}

import HuaweiCloud
import JSONRPC

/// The API's dry run of a resize: the very request that would be sent, plus `"dry_run":true` beside `resize` (ecs.md §3.3).
struct CheckResizeRequest: ECSRequest {
    static let operation = "ResizeServer.dry_run"

    let resize: Resize

    let version = "v1.1"

    var segments: [String] { ["cloudservers", resize.id, "resize"] }

    var body: JSONObject? {
        var body = resize.body
        body["dry_run"] = true
        return body
    }

    /// Any 2xx passes, with or without a body, unless it names a job or an order.
    ///
    /// - Throws: `UPSTREAM_INVALID_RESPONSE` when the API did what it was asked only to check.
    func answer(_ response: CloudResponse) throws(CloudError) {
        guard let body = try? response.json(), let trace = Self.trace(in: body) else { return }
        throw response.invalid(
            "The API was asked only to check the resize but carried it out: \(trace.kind) \(trace.id).",
            hint: "The server is being resized without confirmation. Tell the user; follow it with ecs_get_job_status or ecs_get_server."
        )
    }

    /// The first job or order that is named anywhere in the answer.
    private static func trace(in value: JSONValue) -> (kind: String, id: String)? {
        switch value {
        case .object(let object):
            if let id = object.nonEmptyText("job_id") { return ("job", id) }
            if let id = object.nonEmptyText("order_id") { return ("order", id) }
            return object.members.lazy.compactMap { trace(in: $0.value) }.first
        case .array(let elements): return elements.lazy.compactMap(trace).first
        case .null, .bool, .number, .string: return nil
        }
    }
}

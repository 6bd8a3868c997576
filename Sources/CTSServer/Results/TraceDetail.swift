import CloudServer
import JSONRPC

/// A trace with everything that is returned of it (cts.md §2).
enum TraceDetail {
    /// The longest `request` and `response`, in Unicode scalars.
    static let bodyLength = 5_000

    /// The members, pruned; the two flags are always there.
    static func json(_ trace: Trace, zone: TimeZoneRules) -> JSONObject {
        let request = trace.body("request", maximumLength: bodyLength)
        let response = trace.body("response", maximumLength: bodyLength)
        let isTruncated = request.isTruncated || response.isTruncated
        let members: JSONObject = [
            "trace_id": trace.text("trace_id"), "trace_name": trace.text("trace_name"), "trace_rating": trace.text("trace_rating"),
            "trace_type": trace.text("trace_type"), "time": trace.time("time", in: zone),
            "record_time": trace.time("record_time", in: zone), "service_type": trace.text("service_type"),
            "resource_type": trace.text("resource_type"), "resource_name": trace.maskedText("resource_name"),
            "resource_id": trace.text("resource_id"), "user": .object(trace.user?.json ?? [:]), "source_ip": trace.text("source_ip"),
            "code": trace.text("code"), "message": trace.maskedText("message"), "api_version": trace.text("api_version"),
            "endpoint": trace.maskedText("endpoint"), "resource_url": trace.maskedText("resource_url"),
            "request_id": trace.text("request_id"), "enterprise_project_id": trace.text("enterprise_project_id"),
            "read_only": trace.flag("read_only"), "request": .string(request.text), "response": .string(response.text),
            "request_truncated": .bool(request.isTruncated), "response_truncated": .bool(response.isTruncated),
            "truncate_hint": isTruncated ? .string(hint(trace)) : .null,
        ]
        return members.pruned()
    }

    private static func hint(_ trace: Trace) -> String {
        "Bodies are cut to \(bodyLength) characters; the CTS console shows the whole of trace \(trace.id ?? "this")."
    }

    /// The schema of ``json(_:zone:)``.
    static let schema = OutputSchema.object(
        [
            "trace_id": TraceShape.text(), "trace_name": TraceShape.text("The action."),
            "trace_rating": TraceShape.text("normal, warning or incident."), "trace_type": TraceShape.source, "time": TraceShape.time,
            "record_time": TraceShape.text("When CTS recorded it."), "service_type": TraceShape.text(),
            "resource_type": TraceShape.text(), "resource_name": TraceShape.text(), "resource_id": TraceShape.text(),
            "user": .object(
                OutputSchema.object(
                    [
                        "id": TraceShape.text(), "name": TraceShape.text(), "user_name": TraceShape.text(),
                        "domain_name": TraceShape.text("The account."), "domain_id": TraceShape.text(), "account_id": TraceShape.text(),
                        "access_key_id": TraceShape.text("Which access key was used."), "principal_urn": TraceShape.text(),
                        "type": TraceShape.text(),
                    ],
                    required: []
                )
            ),
            "source_ip": TraceShape.text(), "code": TraceShape.code, "message": TraceShape.text(), "api_version": TraceShape.text(),
            "endpoint": TraceShape.text(), "resource_url": TraceShape.text(),
            "request_id": TraceShape.text("The recorded call's request id."),
            "enterprise_project_id": TraceShape.text(), "read_only": TraceShape.flag("Whether the call changed nothing."),
            "request": TraceShape.text("Masked, 5000 characters."), "response": TraceShape.text("Masked, 5000 characters."),
            "request_truncated": TraceShape.flag(), "response_truncated": TraceShape.flag(), "truncate_hint": TraceShape.text(),
        ],
        required: ["request_truncated", "response_truncated"]
    )
}

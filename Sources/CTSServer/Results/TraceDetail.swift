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
            "trace_id": Shape.text(), "trace_name": Shape.text("The action."),
            "trace_rating": Shape.text("normal, warning or incident."), "trace_type": TraceMember.source, "time": TraceMember.time,
            "record_time": Shape.text("When CTS recorded it."), "service_type": Shape.text(),
            "resource_type": Shape.text(), "resource_name": Shape.text(), "resource_id": Shape.text(),
            "user": Shape.object(
                [
                    "id": Shape.text(), "name": Shape.text(), "user_name": Shape.text(),
                    "domain_name": Shape.text("The account."), "domain_id": Shape.text(), "account_id": Shape.text(),
                    "access_key_id": Shape.text("Which access key was used."), "principal_urn": Shape.text(),
                    "type": Shape.text(),
                ],
                required: []
            ),
            "source_ip": Shape.text(), "code": TraceMember.code, "message": Shape.text(), "api_version": Shape.text(),
            "endpoint": Shape.text(), "resource_url": Shape.text(),
            "request_id": Shape.text("The recorded call's request id."),
            "enterprise_project_id": Shape.text(), "read_only": Shape.flag("Whether the call changed nothing."),
            "request": Shape.text("Masked, 5000 characters."), "response": Shape.text("Masked, 5000 characters."),
            "request_truncated": Shape.flag(), "response_truncated": Shape.flag(), "truncate_hint": Shape.text(),
        ],
        required: ["request_truncated", "response_truncated"]
    )
}

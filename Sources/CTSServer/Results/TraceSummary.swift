import CloudServer
import JSONRPC

/// A trace as a row of a search (cts.md §1).
enum TraceSummary {
    /// The longest `request_summary` and `response_summary`, in Unicode scalars.
    static let bodyLength = 500

    /// The members, pruned; a row with nothing is empty.
    static func json(_ trace: Trace, zone: TimeZoneRules) -> JSONObject {
        let members: JSONObject = [
            "trace_id": trace.text("trace_id"), "trace_name": trace.text("trace_name"), "trace_rating": trace.text("trace_rating"),
            "trace_type": trace.text("trace_type"), "time": trace.time("time", in: zone), "service_type": trace.text("service_type"),
            "resource_type": trace.text("resource_type"), "resource_name": trace.maskedText("resource_name"),
            "resource_id": trace.text("resource_id"), "user_name": .optional(trace.user?.displayName),
            "source_ip": trace.text("source_ip"), "code": trace.text("code"), "message": trace.maskedText("message"),
            "request_summary": .string(trace.body("request", maximumLength: bodyLength).text),
            "response_summary": .string(trace.body("response", maximumLength: bodyLength).text),
        ]
        return members.pruned()
    }

    /// The names of the members.
    static let names = properties.keys

    /// The schema of ``json(_:zone:)``.
    static let schema = OutputSchema.object(properties, required: [])

    private static var properties: JSONObject {
        [
            "trace_id": Shape.text("For cts_get_trace_detail."), "trace_name": Shape.text("The action."),
            "trace_rating": Shape.text("normal, warning or incident."), "trace_type": TraceMember.source, "time": TraceMember.time,
            "service_type": Shape.text(), "resource_type": Shape.text(), "resource_name": Shape.text(),
            "resource_id": Shape.text(), "user_name": Shape.text(), "source_ip": Shape.text(), "code": TraceMember.code,
            "message": Shape.text(), "request_summary": Shape.text("Masked, 500 characters."),
            "response_summary": Shape.text("Masked, 500 characters."),
        ]
    }
}

import AuthCommon
import JSONRPC
import ProcessSupport

/// The audit record of one tool call (servers.md §8): exactly one of `tool-ok`, `tool-error`, `tool-bug`.
struct ToolLog: Sendable {
    let log: EventLog
    let tool: String
    let callID: String
    let identity: Identity?
    /// The request id that a gateway in front gave the call's request, by which its log records are found.
    let gatewayRequestID: String?
    /// The trace that the call belongs to.
    let traceID: String?
    let arguments: JSONObject
    /// The audit of the call, where the server has an audit file.
    var audit: CallAudit?

    /// The call succeeded.
    func succeeded(_ duration: Duration, requestID: String?) {
        var fields = head(duration)
        fields.set("request_id", requestID.map(JSONValue.string))
        finish(.info, "tool-ok", fields)
    }

    /// The call failed in a way that the caller is told.
    func failed(_ error: ToolError, _ duration: Duration, requestID: String?) {
        var fields = head(duration)
        fields["code"] = .string(error.code)
        fields.set("status_code", error.statusCode.map(JSONValue.int))
        fields.set("request_id", (error.requestID ?? requestID).map(JSONValue.string))
        fields["message"] = .string(error.message)
        finish(.warning, "tool-error", fields)
    }

    /// The answer of the call is a question to the user (consent.md §2).
    func asked(_ duration: Duration, requestID: String?) {
        var fields = head(duration)
        fields["result"] = "input_required"
        fields.set("request_id", requestID.map(JSONValue.string))
        finish(.info, "tool-ok", fields)
    }

    /// The call was no request that the protocol allows.
    func refused(_ error: JSONRPCError, _ duration: Duration, requestID: String?) {
        var fields = head(duration)
        fields["code"] = .string("\(error.code.rawValue)")
        fields.set("request_id", requestID.map(JSONValue.string))
        fields["message"] = .string(error.message)
        finish(.warning, "tool-error", fields)
    }

    /// The client cancelled the call; nobody waits for its answer.
    func cancelled(_ duration: Duration, requestID: String?) {
        var fields = head(duration)
        fields["code"] = "CANCELLED"
        fields.set("request_id", requestID.map(JSONValue.string))
        finish(.info, "tool-error", fields)
    }

    /// The server has a bug.
    func bug(_ error: any Error, at place: String, _ duration: Duration, requestID: String?) {
        var fields = head(duration)
        fields["code"] = .string(ErrorCode.internalError)
        fields["error"] = .string(ApprovalID.masked(in: String(reflecting: error)))
        fields["error_type"] = .string(String(reflecting: type(of: error)))
        fields["at"] = .string(place)
        fields.set("request_id", requestID.map(JSONValue.string))
        finish(.error, "tool-bug", fields)
    }

    private func head(_ duration: Duration) -> JSONObject {
        var fields: JSONObject = ["tool": .string(tool), "call_id": .string(callID)]
        fields.set("sub", identity.map { .string($0.subject) })
        fields.set("tenant", identity.map { .string($0.tenant) })
        fields["duration_ms"] = .int(Self.milliseconds(duration))
        fields.set("gateway_request_id", gatewayRequestID.map(JSONValue.string))
        fields.set("trace_id", traceID.map(JSONValue.string))
        return fields
    }

    private func finish(_ level: LogLevel, _ event: String, _ fields: JSONObject) {
        audit?.finish(fields)
        var fields = fields
        fields["params"] = .object(ParamsSummary.of(arguments))
        log.event(level, event, fields)
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        return Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}

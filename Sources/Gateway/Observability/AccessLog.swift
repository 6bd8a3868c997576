import AuthCommon
import JSONRPC
import ProcessSupport

/// The log records and metrics of the data path (gateway.md §13).
///
/// Any thread. Never logged: tokens, assertions, session ids, queries, bodies, keys.
final class AccessLog: Sendable {
    /// What `dev-mode-request` says of the mode; nil in mode `jwt`.
    struct DevelopmentMode: Sendable, Hashable {
        let mode: AuthenticationMode
        let loopbackOnly: Bool
    }

    private let log: EventLog
    private let metrics: Metrics
    private let development: DevelopmentMode?
    private let audit: RequestAudit?

    /// A log that writes to these.
    init(log: EventLog, metrics: Metrics, development: DevelopmentMode?, audit: RequestAudit? = nil) {
        self.log = log
        self.metrics = metrics
        self.development = development
        self.audit = audit
    }

    /// Whether a request may be forwarded: not while its audit record could not be written.
    var mayForward: Bool { audit?.isHealthy ?? true }

    /// Logs a finished request, once.
    func record(_ record: AccessRecord) {
        metrics.request(
            service: record.service,
            method: record.method,
            status: record.status,
            duration: record.duration,
            bytesIn: record.bytesIn,
            bytesOut: record.bytesOut,
            refusal: record.refusal?.code
        )
        if let tool = record.tool, let service = record.service, record.refusal == nil {
            metrics.toolCall(service: service, tool: tool, status: record.status)
        }
        audit?.record(record)
        if let development { logDevelopmentRequest(record, development) }
        if let refusal = record.refusal, refusal.kind == .authentication {
            log.warning("auth-rejected", Self.rejection(record, refusal))
        } else {
            log.info("access", Self.access(record))
        }
    }

    /// Logs the end of an event stream that the gateway ended, with a reason such as `token-expired`.
    func streamClosed(requestID: String, service: String, identity: Identity, reason: String, duration: Duration) {
        log.info(
            "stream-closed",
            [
                "request_id": .string(requestID), "service": .string(service), "sub": .string(identity.subject),
                "reason": .string(reason), "duration_ms": .int(duration.milliseconds),
            ]
        )
    }

    /// Logs a failure of an upstream.
    ///
    /// `error` never contains a client's data.
    func upstreamError(requestID: String, service: String, status: Int, error: String) {
        metrics.upstreamError(service: service)
        log.warning(
            "upstream-error",
            ["request_id": .string(requestID), "service": .string(service), "status": .int(status), "error": .string(error)]
        )
    }

    /// Logs a request refused by a limit; `limit` is the member's name in `limits`.
    func rateLimited(requestID: String, identity: Identity?, client: ClientAddress, limit: String) {
        log.warning(
            "rate-limited",
            [
                "request_id": .string(requestID), "sub": .optional(identity?.subject), "peer": .string(client.text),
                "limit": .string(limit),
            ]
        )
    }

    /// Counts open client connections.
    func connectionOpened() { metrics.changeConnections(by: 1) }

    /// Counts open client connections.
    func connectionClosed() { metrics.changeConnections(by: -1) }

    /// Counts open event streams.
    func streamOpened(service: String) { metrics.changeStreams(of: service, by: 1) }

    /// Counts open event streams.
    func streamClosed(service: String) { metrics.changeStreams(of: service, by: -1) }

    private func logDevelopmentRequest(_ record: AccessRecord, _ development: DevelopmentMode) {
        log.warning(
            "dev-mode-request",
            [
                "auth_mode": .string(development.mode.rawValue), "loopback_only": .bool(development.loopbackOnly),
                "sub": .optional(record.identity?.subject), "roles": Self.roles(record.identity), "path": .string(record.path),
            ]
        )
    }

    private static func access(_ record: AccessRecord) -> JSONObject {
        var fields: JSONObject = [
            "request_id": .string(record.requestID), "trace_id": .optional(record.traceID), "service": .optional(record.service),
            "method": .string(record.method), "path": .string(record.path), "tool": .optional(record.tool), "status": .int(record.status),
            "duration_ms": .int(record.duration.milliseconds),
            "sub": .optional(record.identity?.subject), "tenant": .optional(record.identity?.tenant),
            "roles": roles(record.identity), "peer": .string(record.client.text), "bytes_in": .int(record.bytesIn),
            "bytes_out": .int(record.bytesOut),
        ]
        if record.aborted { fields["aborted"] = true }
        fields.set("reason", record.refusal.map { .string($0.reason) })
        return fields
    }

    private static func rejection(_ record: AccessRecord, _ refusal: Refusal) -> JSONObject {
        [
            "request_id": .string(record.requestID), "status": .int(refusal.status), "reason": .string(refusal.reason),
            "path": .string(record.path), "peer": .string(record.client.text), "sub": .optional(record.identity?.subject),
            "roles": roles(record.identity), "method": .string(record.method), "service": .optional(record.service),
            "tool": .optional(record.tool), "trace_id": .optional(record.traceID),
        ]
    }

    private static func roles(_ identity: Identity?) -> JSONValue {
        identity.map { .array($0.roles.map(JSONValue.string)) } ?? .null
    }
}

import AuthCommon
import FoundationEssentials
import JSONRPC
import ProcessSupport

/// The gateway's audit trail: one record for each request, allowed or denied, and one for each change of what it allows.
///
/// Any thread.
struct RequestAudit: Sendable {
    private let queue: AuditQueue
    private let now: @Sendable () -> Double

    /// A trail through a queue.
    ///
    /// - Parameter now: Seconds since 1970.
    init(queue: AuditQueue, now: @escaping @Sendable () -> Double) {
        self.queue = queue
        self.now = now
    }

    /// Whether records reach the file.
    ///
    /// While they do not, no request is forwarded.
    var isHealthy: Bool { queue.isHealthy }

    /// What has become of the records so far.
    var health: AuditHealth { queue.health }

    /// The end of the chain, for the log.
    var chain: AuditChain { queue.chain }

    /// Records a finished request.
    func record(_ record: AccessRecord) {
        write(
            "request",
            [
                "request_id": .string(record.requestID), "trace_id": .optional(record.traceID), "service": .optional(record.service),
                "method": .string(record.method), "path": .string(record.path), "tool": .optional(record.tool),
                "status": .int(record.status), "outcome": .string(Self.outcome(record)), "reason": .optional(record.refusal?.reason),
                "sub": .optional(record.identity?.subject), "tenant": .optional(record.identity?.tenant),
                "roles": record.identity.map { .array($0.roles.map(JSONValue.string)) } ?? .null, "jti": .optional(record.tokenID),
                "peer": .string(record.client.text), "bytes_in": .int(record.bytesIn), "bytes_out": .int(record.bytesOut),
                "duration_ms": .int(record.duration.milliseconds),
            ]
        )
    }

    /// Records something else that matters for what was allowed.
    func write(_ event: String, _ fields: JSONObject) {
        queue.write(AuditEntry(date: Date(timeIntervalSince1970: now()), event: event, fields: fields))
    }

    /// Returns when everything is on the disk, or cannot be.
    func flush() { queue.flush() }

    private static func outcome(_ record: AccessRecord) -> String {
        if let refusal = record.refusal { return refusal.status < 500 ? "denied" : "failed" }
        return record.aborted ? "aborted" : "allowed"
    }
}

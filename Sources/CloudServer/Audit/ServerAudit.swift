package import FoundationEssentials
import HuaweiCloud
import JSONRPC
package import ProcessSupport

/// The audit trail of a server: one record for each tool call, and one on the disk before each request that may change something.
package struct ServerAudit: Sendable {
    private let trail: AuditTrail
    private let log: EventLog
    private let now: @Sendable () -> Date

    /// A trail; what cannot be written is logged.
    package init(trail: AuditTrail, log: EventLog, now: @escaping @Sendable () -> Date) {
        self.trail = trail
        self.log = log
        self.now = now
    }

    /// Writes a record of something that has happened: too late to refuse it.
    func write(_ event: String, _ fields: JSONObject) {
        do throws(AuditFile.Failure) {
            try trail.write(AuditEntry(date: now(), event: event, fields: fields))
        } catch {
            failed(error)
        }
    }

    /// Writes a record of something that is about to happen, and returns when it is on the disk.
    ///
    /// - Throws: `AUDIT_UNAVAILABLE`; then it must not happen.
    func require(_ event: String, _ fields: JSONObject) async throws(CloudError) {
        do throws(AuditFile.Failure) {
            try await trail.writeDurably(AuditEntry(date: now(), event: event, fields: fields))
        } catch {
            failed(error)
            throw CloudError(
                code: ErrorCode.auditUnavailable,
                message: "The change was not made, because its audit record cannot be written.",
                hint: "Tell the operator of this server that its audit file cannot be written, and repeat the call when it can.",
                retryable: true
            )
        }
    }

    /// Begins the trail of a process, and notes the end of the chain in the log, so that what is cut off behind it is missed.
    func open(_ fields: JSONObject) {
        logChain("audit-opened")
        write("server-started", fields)
    }

    /// Ends the trail of a process.
    func close() {
        write("server-stopped", [:])
        logChain("audit-closed")
    }

    private func failed(_ failure: AuditFile.Failure) { log.critical("audit-failed", ["error": .string(failure.description)]) }

    private func logChain(_ event: String) {
        log.info(event, ["seq": .int(trail.chain.sequence), "chain_sha256": .string(trail.chain.hash)])
    }
}

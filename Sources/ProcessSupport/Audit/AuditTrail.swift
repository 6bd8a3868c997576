import Dispatch
package import JSONRPC

/// The audit records of a process that must not go on when one cannot be written: each is in the file when its call returns.
package final class AuditTrail: Sendable {
    private let file: AuditFile
    private let common: JSONObject
    private let redactor: @Sendable () -> Redactor
    private let queue = DispatchQueue(label: "audit")

    /// A trail into a file.
    ///
    /// - Parameters:
    ///   - common: The members that every record has.
    ///   - redactor: What takes secrets out of every text.
    package init(file: AuditFile, common: JSONObject, redactor: @escaping @Sendable () -> Redactor) {
        self.file = file
        self.common = common
        self.redactor = redactor
    }

    /// The end of the chain, to be noted where nobody who can write the file can write.
    package var chain: AuditChain { file.chain }

    /// Writes a record.
    ///
    /// Blocks for the time of a write into the system's cache.
    package func write(_ entry: AuditEntry) throws(AuditFile.Failure) {
        try file.append(entry.members(common: common, redactor: redactor()), isDurable: false)
    }

    /// Writes a record and returns when it is on the disk.
    package func writeDurably(_ entry: AuditEntry) async throws(AuditFile.Failure) {
        let members = entry.members(common: common, redactor: redactor())
        // Waiting for a disk would hold up a thread that other calls need.
        let failure = await withCheckedContinuation { (continuation: CheckedContinuation<AuditFile.Failure?, Never>) in
            queue.async {
                do throws(AuditFile.Failure) {
                    try self.file.append(members, isDurable: true)
                    continuation.resume(returning: nil)
                } catch {
                    continuation.resume(returning: error)
                }
            }
        }
        if let failure { throw failure }
    }
}

import Dispatch
import FoundationEssentials
package import JSONRPC
import Synchronization

/// The audit records of a process that must not go on when one cannot be written: each is in the file when its call returns.
///
/// Nothing is lost silently: the next record that can be written tells how many could not.
package final class AuditTrail: Sendable {
    private let file: AuditFile
    private let common: JSONObject
    private let redactor: @Sendable () -> Redactor
    private let queue = DispatchQueue(label: "audit")
    private let lost = Mutex(Lost())

    /// Records that could not be written, and are not on record as missing yet.
    private struct Lost {
        var count = 0
        var last = Date(timeIntervalSince1970: 0)
    }

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
        do throws(AuditFile.Failure) {
            try append(entry, isDurable: false)
        } catch {
            lost.withLock { lost in
                lost.count += 1
                lost.last = entry.date
            }
            throw error
        }
    }

    /// Writes a record of something that is about to happen, and returns when it is on the disk.
    ///
    /// One that fails is not missing: what it is about must not happen.
    package func writeDurably(_ entry: AuditEntry) async throws(AuditFile.Failure) {
        // Waiting for a disk would hold up a thread that other calls need.
        let failure = await withCheckedContinuation { (continuation: CheckedContinuation<AuditFile.Failure?, Never>) in
            queue.async {
                do throws(AuditFile.Failure) {
                    try self.append(entry, isDurable: true)
                    continuation.resume(returning: nil)
                } catch {
                    continuation.resume(returning: error)
                }
            }
        }
        if let failure { throw failure }
    }

    private func append(_ entry: AuditEntry, isDurable: Bool) throws(AuditFile.Failure) {
        let redactor = redactor()
        let missing = lost.withLock { lost in
            defer { lost.count = 0 }
            return lost
        }
        var records = [entry.members(common: common, redactor: redactor)][...]
        if missing.count > 0 {
            let gap = AuditEntry(date: missing.last, event: "audit-gap", fields: ["lost": .int(missing.count)])
            records.insert(gap.members(common: common, redactor: redactor), at: records.startIndex)
        }
        do throws(AuditFile.Failure) {
            try file.append(contentsOf: &records, isDurable: isDurable)
        } catch {
            // Unless the record of the gap is in the file, the gap is still to be told.
            if records.count > 1 { lost.withLock { $0.count += missing.count } }
            throw error
        }
    }
}

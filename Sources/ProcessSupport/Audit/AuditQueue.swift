import Dispatch
import FoundationEssentials
package import JSONRPC
import Synchronization

/// The audit records of a process whose threads must not wait for a disk: they are taken at once and written by a queue of its own, several
/// at a time, and are on the disk within a second.
///
/// Nothing is lost silently: while records cannot be written, ``isHealthy`` is false and they are tried again; what no longer fits into the
/// memory set aside is counted, and the next record in the file tells how many are missing.
package final class AuditQueue: Sendable {
    /// How many records may wait.
    package static let capacity = 65_536
    /// Seconds until a failed write is tried again, and until what was written is put on the disk.
    static let delay = 1.0

    private struct State {
        var waiting: [AuditEntry] = []
        var lost = 0
        var lastLost = Date(timeIntervalSince1970: 0)
        var isScheduled = false
        var mustSynchronize = false
        var failure: AuditFile.Failure?
        var written = 0
        var failedWrites = 0
        var lostSoFar = 0
        var lastFailure: AuditFile.Failure?
    }

    private let state = Mutex(State())
    private let file: AuditFile
    private let common: JSONObject
    private let capacity: Int
    private let redactor: @Sendable () -> Redactor
    private let onChange: @Sendable (AuditFile.Failure?) -> Void
    private let queue = DispatchQueue(label: "audit")

    /// A queue in front of a file.
    ///
    /// - Parameters:
    ///   - common: The members that every record has.
    ///   - redactor: What takes secrets out of every text.
    ///   - onChange: Called when writing begins to fail, and with nil when it works again.
    package init(
        file: AuditFile,
        common: JSONObject,
        capacity: Int = AuditQueue.capacity,
        redactor: @escaping @Sendable () -> Redactor,
        onChange: @escaping @Sendable (AuditFile.Failure?) -> Void
    ) {
        self.file = file
        self.common = common
        self.capacity = capacity
        self.redactor = redactor
        self.onChange = onChange
    }

    /// Whether records reach the file.
    package var isHealthy: Bool { state.withLock { $0.failure == nil && $0.lost == 0 } }

    /// What has become of the records so far.
    package var health: AuditHealth {
        state.withLock { state in
            AuditHealth(
                isHealthy: state.failure == nil && state.lost == 0,
                written: state.written,
                waiting: state.waiting.count,
                lost: state.lostSoFar,
                failedWrites: state.failedWrites,
                lastError: state.lastFailure?.description
            )
        }
    }

    /// The end of the chain, to be noted where nobody who can write the file can write.
    package var chain: AuditChain { file.chain }

    /// Takes a record.
    package func write(_ entry: AuditEntry) {
        let mustSchedule = state.withLock { state in
            guard state.waiting.count < capacity else {
                state.lost += 1
                state.lostSoFar += 1
                state.lastLost = entry.date
                return false
            }
            state.waiting.append(entry)
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        if mustSchedule { queue.async { self.drain() } }
    }

    /// Writes everything that waits and puts it on the disk; returns when that is done or has failed.
    package func flush() {
        queue.sync {
            drain()
            synchronize()
        }
    }

    /// On the queue only.
    private func drain() {
        let (entries, lost, lastLost, isFailing) = state.withLock { state in
            defer {
                state.waiting = []
                state.isScheduled = false
            }
            return (state.waiting, state.lost, state.lastLost, state.failure != nil)
        }
        guard !entries.isEmpty || lost > 0 || isFailing else { return }
        let redactor = redactor()
        var records = entries.map { $0.members(common: common, redactor: redactor) }[...]
        if lost > 0 {
            let gap = AuditEntry(date: lastLost, event: "audit-gap", fields: ["lost": .int(lost)])
            records.append(gap.members(common: common, redactor: redactor))
        }
        let count = records.count
        do throws(AuditFile.Failure) {
            try file.append(contentsOf: &records, isDurable: false)
            wrote(count, lost: lost)
        } catch {
            let written = count - records.count
            failed(error, written, entries.dropFirst(written))
        }
    }

    private func wrote(_ count: Int, lost: Int) {
        let (isRecovery, mustSchedule) = state.withLock { state in
            state.lost -= lost
            state.written += count
            defer {
                state.failure = nil
                state.mustSynchronize = true
            }
            return (state.failure != nil, !state.mustSynchronize)
        }
        if isRecovery { onChange(nil) }
        if mustSchedule { queue.asyncAfter(deadline: .now() + Self.delay) { self.synchronize() } }
    }

    private func failed(_ failure: AuditFile.Failure, _ written: Int, _ rest: ArraySlice<AuditEntry>) {
        let (isFirst, mustSchedule) = state.withLock { state in
            state.written += written
            state.failedWrites += 1
            state.lastFailure = failure
            let room = max(capacity - state.waiting.count, 0)
            state.lost += max(rest.count - room, 0)
            state.lostSoFar += max(rest.count - room, 0)
            if rest.count > room, let last = rest.last { state.lastLost = last.date }
            state.waiting = rest.prefix(room) + state.waiting
            defer {
                state.failure = failure
                state.isScheduled = true
            }
            return (state.failure == nil, !state.isScheduled)
        }
        if isFirst { onChange(failure) }
        if mustSchedule { queue.asyncAfter(deadline: .now() + Self.delay) { self.drain() } }
    }

    /// On the queue only.
    private func synchronize() {
        let must = state.withLock { state in
            defer { state.mustSynchronize = false }
            return state.mustSynchronize
        }
        guard must else { return }
        do throws(AuditFile.Failure) {
            try file.synchronize()
        } catch {
            failed(error, 0, [])
        }
    }
}

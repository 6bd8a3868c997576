package import JSONRPC
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file of chained audit records (``AuditChain``), mode 0600, that is put aside when it has grown large: `<path>.<number of its last record>`.
///
/// Files that were put aside are never removed here. Several processes may write to the same path: each append happens under a lock on the
/// file and takes up the chain where the file ends. Nothing is half done: an append that fails leaves the file as it was.
package final class AuditFile: Sendable {
    /// A file that cannot be used.
    package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// The path as it was given.
        package let path: String
        /// Why.
        package let reason: String

        package var description: String { "\(path): \(reason)" }
    }

    /// How large a file may grow, in bytes, before the next record goes into a new one.
    package static let usualLimit = 64 << 20

    /// The path as it was given.
    package let path: String
    private let limit: Int
    private let state: Mutex<State>

    private struct State: ~Copyable {
        /// The open file; -1 when there is none.
        var descriptor: Int32 = -1
        /// The end of the chain as this process knows it.
        var chain = AuditChain.empty
        /// How long the file is if nobody else wrote to it; nil when that must be found out.
        var end: Int?

        deinit { if descriptor >= 0 { close(descriptor) } }
    }

    /// Opens or creates the file and finds the end of its chain.
    ///
    /// The folder must exist. Blocks.
    package init(path: String, limit: Int = AuditFile.usualLimit) throws(Failure) {
        self.path = path
        self.limit = limit
        state = Mutex(State())
        var none: ArraySlice<JSONObject> = []
        try append(contentsOf: &none, isDurable: false)
    }

    /// Where the chain ends, as far as this process knows.
    package var chain: AuditChain { state.withLock { $0.chain } }

    /// Appends a record.
    ///
    /// Blocks.
    ///
    /// - Parameters:
    ///   - record: Its members, without those of the chain.
    ///   - isDurable: Whether to return only when it is on the disk.
    /// - Throws: When it is not in the file, or perhaps not on the disk.
    package func append(_ record: JSONObject, isDurable: Bool) throws(Failure) {
        var records: ArraySlice = [record]
        try append(contentsOf: &records, isDurable: isDurable)
    }

    /// Appends records in their order and removes them from the slice, so that after a failure those that are not in the file are left.
    ///
    /// Blocks.
    package func append(contentsOf records: inout ArraySlice<JSONObject>, isDurable: Bool) throws(Failure) {
        var rest = records
        let failure = state.withLock { state -> Failure? in
            do throws(Failure) {
                try Self.append(&rest, isDurable: isDurable, &state, path, limit)
                return nil
            } catch {
                return error
            }
        }
        records = rest
        if let failure { throw failure }
    }

    /// Returns when everything that was appended is on the disk.
    ///
    /// Blocks.
    package func synchronize() throws(Failure) {
        let code = state.withLock { $0.descriptor < 0 ? 0 : AuditDisk.synchronize($0.descriptor) }
        if code != 0 { throw Failure(path: path, reason: systemErrorText(code)) }
    }

    private static func append(
        _ records: inout ArraySlice<JSONObject>,
        isDurable: Bool,
        _ state: inout State,
        _ path: String,
        _ limit: Int
    ) throws(Failure) {
        try lock(&state, path)
        defer { flock(state.descriptor, LOCK_UN) }
        while true {
            var size = try takeUpChain(&state, path)
            var chain = state.chain
            var bytes: [UInt8] = []
            var left = records
            while let next = left.first {
                let (line, following) = chain.appending(next)
                guard line.count <= AuditLine.longest else { throw Failure(path: path, reason: "a record is too long") }
                // The file is full: what fits is written, the rest goes into the next one.
                if size + bytes.count > 0, size + bytes.count + line.count > limit { break }
                bytes += line
                chain = following
                left.removeFirst()
            }
            if !bytes.isEmpty {
                try write(bytes, to: state.descriptor, at: size, path)
                size += bytes.count
                state.chain = chain
                state.end = size
                records = left
            }
            if records.isEmpty { break }
            try putAside(&state, path)
        }
        guard isDurable else { return }
        let code = AuditDisk.synchronize(state.descriptor)
        if code != 0 { throw Failure(path: path, reason: systemErrorText(code)) }
    }

    /// Opens the file that the path names now and locks it.
    private static func lock(_ state: inout State, _ path: String) throws(Failure) {
        // Another process may put the file aside between the opening and the lock; then the path names another one.
        for _ in 0..<100 {
            if state.descriptor < 0 {
                state.descriptor = try AuditDisk.open(path)
                state.end = nil
            }
            while flock(state.descriptor, LOCK_EX) != 0 {
                guard errno == EINTR else { throw Failure(path: path, reason: systemErrorText(errno)) }
            }
            if AuditDisk.isSame(state.descriptor, path) { return }
            close(state.descriptor)
            state.descriptor = -1
        }
        throw Failure(path: path, reason: "is replaced again and again")
    }

    /// Finds the end of the chain if another process has written, and the length of the file.
    private static func takeUpChain(_ state: inout State, _ path: String) throws(Failure) -> Int {
        guard let size = AuditDisk.size(state.descriptor) else { throw Failure(path: path, reason: systemErrorText(errno)) }
        if size == state.end { return size }
        let found = try AuditTail.read(state.descriptor, size: size, path: path)
        // What is known cannot be undone: if records have gone, the next one shows the gap.
        if found.chain.sequence > state.chain.sequence { state.chain = found.chain }
        guard let fragment = found.fragment else {
            state.end = size
            return size
        }
        let end = size - fragment.count
        guard ftruncate(state.descriptor, off_t(end)) == 0 else { throw Failure(path: path, reason: systemErrorText(errno)) }
        let (line, chain) = state.chain.appending([
            "event": "audit-recovered", "detail": "the last record was incomplete and was removed",
            "removed_bytes": .int(fragment.count), "removed_sha256": .string(AuditDigest.of(fragment)),
        ])
        try write(line, to: state.descriptor, at: end, path)
        state.chain = chain
        state.end = end + line.count
        return end + line.count
    }

    /// Writes all bytes or none.
    private static func write(_ bytes: [UInt8], to descriptor: Int32, at end: Int, _ path: String) throws(Failure) {
        let code = Descriptor.write(bytes, to: descriptor)
        if code == 0 { return }
        ftruncate(descriptor, off_t(end))
        throw Failure(path: path, reason: systemErrorText(code))
    }

    /// Puts the locked file aside and goes on with a new one.
    private static func putAside(_ state: inout State, _ path: String) throws(Failure) {
        let code = AuditDisk.synchronize(state.descriptor)
        if code != 0 { throw Failure(path: path, reason: systemErrorText(code)) }
        let name = AuditSiblings.name(path, last: state.chain.sequence)
        // Whoever else writes here waits for the lock, so that nothing can take the name in between.
        guard !AuditDisk.exists(name) else { throw Failure(path: path, reason: "cannot be put aside: \(name) exists already") }
        guard unsafe rename(path, name) == 0 else {
            throw Failure(path: path, reason: "cannot be put aside as \(name): \(systemErrorText(errno))")
        }
        flock(state.descriptor, LOCK_UN)
        close(state.descriptor)
        state.descriptor = -1
        try lock(&state, path)
        AuditDisk.synchronizeFolder(of: path)
    }
}

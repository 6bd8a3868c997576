#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Verifies the chain over several files of one audit trail, whatever their order (`audit verify`).
package enum AuditVerifier {
    /// Checks the files.
    ///
    /// A file that is being written to is checked as far as it was complete at the beginning.
    ///
    /// - Throws: The first break, or the end of the chain that is not as expected.
    package static func verify(
        _ files: [String],
        expecting expectation: AuditExpectation = AuditExpectation()
    ) throws(AuditVerification.Break) -> AuditVerification {
        var opened: [(file: AuditFileReader, first: Int)] = []
        for path in files {
            let file = try AuditFileReader(path)
            // An empty file, and one whose first line says nothing, is looked at first: there is no order to keep.
            opened.append((file, try file.firstSequence() ?? 0))
        }
        var verification = AuditVerification(expecting: expectation)
        for (file, _) in opened.sorted(by: { $0.first < $1.first }) {
            try file.forEachLine { (line, number) throws(AuditVerification.Break) in
                try verification.check(line, file: file.path, line: number)
            }
        }
        try verification.checkEnds(of: files.last ?? "")
        return verification
    }
}

/// Reads the lines of an audit file.
final class AuditFileReader {
    let path: String
    private let descriptor: Int32
    private let size: Int

    /// Opens a file; what is appended from now on is not read.
    init(_ path: String) throws(AuditVerification.Break) {
        self.path = path
        let descriptor = path.utf8.contains(0) ? -1 : unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw AuditVerification.Break(
                file: path,
                line: 0,
                problem: path.utf8.contains(0) ? "not found" : systemErrorText(errno).lowercased()
            )
        }
        self.descriptor = descriptor
        var status = stat()
        // Writers hold the lock while they append, so that under it the file ends with a whole record.
        flock(descriptor, LOCK_SH)
        let isFile = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        flock(descriptor, LOCK_UN)
        size = isFile ? Int(status.st_size) : 0
        guard isFile else { throw AuditVerification.Break(file: path, line: 0, problem: "is not a regular file") }
    }

    deinit { close(descriptor) }

    /// The number of the first record; nil when there is none to be read.
    func firstSequence() throws(AuditVerification.Break) -> Int? {
        var first: Int?
        do throws(Stop) {
            try lines { (line, _) throws(Stop) in
                first = (try? AuditLine(line))?.sequence
                throw .enough
            }
        } catch {
            if case .broken(let broken) = error { throw broken }
        }
        return first
    }

    /// Calls back with each line, without its line feed, and its number.
    func forEachLine(_ body: (ArraySlice<UInt8>, Int) throws(AuditVerification.Break) -> Void) throws(AuditVerification.Break) {
        do throws(Stop) {
            try lines { (line, number) throws(Stop) in
                do throws(AuditVerification.Break) { try body(line, number) } catch { throw .broken(error) }
            }
        } catch {
            if case .broken(let broken) = error { throw broken }
        }
    }

    private enum Stop: Error {
        case enough
        case broken(AuditVerification.Break)
    }

    private func lines(_ body: (ArraySlice<UInt8>, Int) throws(Stop) -> Void) throws(Stop) {
        var pending: [UInt8] = []
        var offset = 0
        var number = 1
        while offset < size {
            let piece = read(at: offset, upTo: min(size - offset, 1 << 16))
            guard !piece.isEmpty else { throw broken(number, "cannot be read to its end") }
            offset += piece.count
            pending += piece
            var start = pending.startIndex
            while let end = pending[start...].firstIndex(of: UInt8(ascii: "\n")) {
                try body(pending[start..<end], number)
                number += 1
                start = end + 1
            }
            pending.removeSubrange(..<start)
            guard pending.count <= AuditLine.longest else { throw broken(number, "the record is too long") }
        }
        if !pending.isEmpty { throw broken(number, "the last record is incomplete: its writing was cut short") }
    }

    private func broken(_ line: Int, _ problem: String) -> Stop {
        .broken(AuditVerification.Break(file: path, line: line, problem: problem))
    }

    private func read(at offset: Int, upTo count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var read = unsafe pread(descriptor, &bytes, count, off_t(offset))
        while read < 0, errno == EINTR { read = unsafe pread(descriptor, &bytes, count, off_t(offset)) }
        return Array(bytes.prefix(max(read, 0)))
    }
}

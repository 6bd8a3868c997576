import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A log file that is moved to `<path>.1` before it would grow beyond its limit; `.1` to `.3` are kept (servers.md §7.1).
///
/// Several processes may write to the same path: lines are appended whole, the file is rotated under a lock on itself, and who finds that
/// another process has rotated it opens the new one.
package final class RotatingLogFile: Sendable {
    /// A file that cannot be used as log.
    package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// The path as it was given.
        package let path: String
        /// Why.
        package let reason: String

        package var description: String { "\(path): \(reason)" }
    }

    private let path: String
    private let limit: Int
    private let kept: Int
    private let state: Mutex<State>

    private struct State: ~Copyable {
        /// The open file, -1 when it could not be opened again after a rotation.
        var descriptor: Int32
        /// Whether the last line could not be written, which was said once.
        var isFailing = false

        deinit { if descriptor >= 0 { close(descriptor) } }
    }

    /// Opens or creates the file, mode 0600.
    ///
    /// The folder must exist.
    package init(path: String, limit: Int = 10 << 20, kept: Int = 3) throws(Failure) {
        self.path = path
        self.limit = limit
        self.kept = kept
        state = Mutex(State(descriptor: try Self.open(path)))
    }

    /// Appends a line, after a rotation where it is due.
    ///
    /// A failure is told once on standard error and never stops the process.
    package func write(_ line: [UInt8]) {
        state.withLock { state in
            var problem: String?
            do throws(Failure) {
                if state.descriptor < 0 { state.descriptor = try Self.open(path) }
                try rotateIfDue(&state, adding: line.count)
                let code = Descriptor.write(line, to: state.descriptor)
                if code != 0 { problem = systemErrorText(code) }
            } catch {
                problem = error.reason
            }
            if let problem, !state.isFailing {
                _ = Descriptor.write(Array("the log file cannot be written: \(path): \(problem)\n".utf8), to: 2)
            }
            state.isFailing = problem != nil
        }
    }

    private func rotateIfDue(_ state: inout State, adding count: Int) throws(Failure) {
        guard let open = Self.status(of: state.descriptor), open.size > 0, open.size + count > limit else { return }
        flock(state.descriptor, LOCK_EX)
        // Another process may have rotated while this one waited: then the path names another file already.
        if let current = Self.status(at: path), current.device == open.device, current.inode == open.inode {
            unsafe unlink("\(path).\(kept)")
            for number in stride(from: kept - 1, through: 1, by: -1) { unsafe rename("\(path).\(number)", "\(path).\(number + 1)") }
            if kept > 0 { unsafe rename(path, "\(path).1") } else { unsafe unlink(path) }
        }
        flock(state.descriptor, LOCK_UN)
        close(state.descriptor)
        state.descriptor = -1
        state.descriptor = try Self.open(path)
    }

    private static func open(_ path: String) throws(Failure) -> Int32 {
        guard !path.utf8.contains(0) else { throw Failure(path: path, reason: "contains a NUL character") }
        // O_NONBLOCK, so that opening a named pipe does not wait for its reader.
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK
        #if canImport(Glibc)
            let descriptor = unsafe Glibc.open(path, flags, 0o600)
        #elseif canImport(Musl)
            let descriptor = unsafe Musl.open(path, flags, 0o600)
        #else
            let descriptor = unsafe Darwin.open(path, flags, 0o600)
        #endif
        guard descriptor >= 0 else { throw Failure(path: path, reason: systemErrorText(errno)) }
        guard status(of: descriptor) != nil else {
            close(descriptor)
            throw Failure(path: path, reason: "is not a regular file")
        }
        return descriptor
    }

    private typealias Status = (device: UInt64, inode: UInt64, size: Int)

    /// What an open regular file is; nil for anything else.
    private static func status(of descriptor: Int32) -> Status? {
        var status = stat()
        return unsafe fstat(descriptor, &status) == 0 ? regular(status) : nil
    }

    private static func status(at path: String) -> Status? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? regular(status) : nil
    }

    private static func regular(_ status: stat) -> Status? {
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        return (UInt64(truncatingIfNeeded: status.st_dev), UInt64(status.st_ino), Int(status.st_size))
    }
}

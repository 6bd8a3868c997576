#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads a whole file.
///
/// ``readFile(_:)`` is the real one; tests give a closure over a dictionary.
package typealias FileReader = @Sendable (_ path: String) throws(FileReadError) -> [UInt8]

/// Why a file could not be read.
package struct FileReadError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure.
    package enum Problem: Sendable, Hashable {
        /// Nothing is there.
        case notFound
        /// It is not a regular file.
        case notAFile
        /// It is larger than the reader allows.
        case tooLarge(limit: Int)
        /// Anything else, as the system words it.
        case unreadable(String)
    }

    /// The path as it was given.
    package let path: String
    /// What went wrong.
    package let problem: Problem

    /// A failure to read the file at this path.
    package init(path: String, problem: Problem) {
        self.path = path
        self.problem = problem
    }

    package var description: String {
        switch problem {
        case .notFound: "\(path): not found"
        case .notAFile: "\(path): is not a regular file"
        case .tooLarge(let limit): "\(path): is larger than \(limit) bytes"
        case .unreadable(let reason): "\(path): \(reason)"
        }
    }
}

/// The bytes of a regular file of at most 1 MiB: what configuration and key files may be.
///
/// Blocks.
@Sendable
package func readFile(_ path: String) throws(FileReadError) -> [UInt8] {
    try readFile(path, limit: 1 << 20)
}

/// The bytes of a regular file of at most `limit` bytes.
///
/// Blocks.
package func readFile(_ path: String, limit: Int) throws(FileReadError) -> [UInt8] {
    guard !path.utf8.contains(0) else { throw FileReadError(path: path, problem: .notFound) }
    // O_NONBLOCK, so that opening a named pipe does not wait for its writer.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
        let code = errno
        throw FileReadError(path: path, problem: code == ENOENT || code == ENOTDIR ? .notFound : .unreadable(systemErrorText(code)))
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw FileReadError(path: path, problem: .unreadable(systemErrorText(errno))) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FileReadError(path: path, problem: .notAFile) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16384)
    while true {
        let count = unsafe read(descriptor, &chunk, chunk.count)
        if count == 0 { return bytes }
        if count < 0 {
            if errno == EINTR { continue }
            throw FileReadError(path: path, problem: .unreadable(systemErrorText(errno)))
        }
        bytes += chunk[..<count]
        guard bytes.count <= limit else { throw FileReadError(path: path, problem: .tooLarge(limit: limit)) }
    }
}

/// The system's words for an error number.
package func systemErrorText(_ code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
}

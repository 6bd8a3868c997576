import ProcessSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that only its owner may read.
enum PrivateFile {
    /// Puts a whole file in place at once: whoever sees it sees all of it.
    ///
    /// - Throws: ``PrivateFileError`` with the system's words.
    static func write(_ bytes: [UInt8], to path: String) throws(PrivateFileError) {
        let draft = "\(path).\(getpid()).new"
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw PrivateFileError(path: path, code: errno) }
        let failure = Descriptor.write(bytes, to: descriptor)
        close(descriptor)
        guard failure == 0 else {
            unsafe unlink(draft)
            throw PrivateFileError(path: path, code: failure)
        }
        guard unsafe rename(draft, path) == 0 else {
            let code = errno
            unsafe unlink(draft)
            throw PrivateFileError(path: path, code: code)
        }
    }
}

/// Why a file could not be written.
struct PrivateFileError: Error, Sendable, Hashable, CustomStringConvertible {
    let path: String
    let code: Int32

    var description: String { "\(path): \(systemErrorText(code))" }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The end of an audit file.
enum AuditTail {
    /// Where the chain ends, and what stands behind the last whole line, which a writer that died has left.
    static func read(_ descriptor: Int32, size: Int, path: String) throws(AuditFile.Failure) -> (chain: AuditChain, fragment: [UInt8]?) {
        let start = max(size - AuditLine.longest * 2, 0)
        var bytes = [UInt8](repeating: 0, count: size - start)
        var count = 0
        while count < bytes.count {
            let read = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe pread(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count, off_t(start + count))
            }
            if read < 0, errno == EINTR { continue }
            guard read > 0 else { throw AuditFile.Failure(path: path, reason: "cannot be read: \(systemErrorText(errno))") }
            count += read
        }
        let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        guard end > 0 || start == 0 else { throw damaged(path) }
        let fragment = end < bytes.count ? Array(bytes[end...]) : nil
        guard end > 0 else { return (try chainBefore(path), fragment) }
        let begin = bytes[..<(end - 1)].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        guard let last = try? AuditLine(bytes[begin..<(end - 1)]) else { throw damaged(path) }
        return (last.chain, fragment)
    }

    /// The end of the chain in the file that was put aside last.
    private static func chainBefore(_ path: String) throws(AuditFile.Failure) -> AuditChain {
        guard let name = AuditSiblings.newest(path) else { return .empty }
        let descriptor = unsafe open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw AuditFile.Failure(path: name, reason: systemErrorText(errno)) }
        defer { close(descriptor) }
        guard let size = AuditDisk.size(descriptor), size > 0 else { throw damaged(name) }
        let (chain, fragment) = try read(descriptor, size: size, path: name)
        guard fragment == nil else { throw damaged(name) }
        return chain
    }

    private static func damaged(_ path: String) -> AuditFile.Failure {
        AuditFile.Failure(
            path: path,
            reason: "the last record is damaged; look at it with mcp-gateway audit verify and move the file away to begin a new chain"
        )
    }
}

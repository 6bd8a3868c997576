#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What audit files need of the system.
enum AuditDisk {
    /// Opens or creates a regular file for appending and reading; a new one can be read by its owner only.
    static func open(_ path: String) throws(AuditFile.Failure) -> Int32 {
        guard !path.utf8.contains(0) else { throw AuditFile.Failure(path: path, reason: "contains a NUL character") }
        // O_NONBLOCK, so that opening a named pipe does not wait for its reader.
        let flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK
        #if canImport(Glibc)
            let descriptor = unsafe Glibc.open(path, flags, 0o600)
        #elseif canImport(Musl)
            let descriptor = unsafe Musl.open(path, flags, 0o600)
        #else
            let descriptor = unsafe Darwin.open(path, flags, 0o600)
        #endif
        guard descriptor >= 0 else { throw AuditFile.Failure(path: path, reason: systemErrorText(errno)) }
        guard size(descriptor) != nil else {
            close(descriptor)
            throw AuditFile.Failure(path: path, reason: "is not a regular file")
        }
        return descriptor
    }

    /// The length of an open regular file; nil for anything else.
    static func size(_ descriptor: Int32) -> Int? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// Whether there is anything at the path.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0
    }

    /// Whether the path still names the open file.
    static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        var open = stat()
        var named = stat()
        guard unsafe fstat(descriptor, &open) == 0, unsafe stat(path, &named) == 0 else { return false }
        return open.st_dev == named.st_dev && open.st_ino == named.st_ino
    }

    /// Puts what was written on the disk; 0 or the system's error number.
    static func synchronize(_ descriptor: Int32) -> Int32 {
        #if canImport(Darwin)
            // fsync alone leaves it in the drive's cache there.
            let result = unsafe fcntl(descriptor, F_FULLFSYNC) == -1 ? fsync(descriptor) : 0
        #else
            var result = fdatasync(descriptor)
            while result != 0, errno == EINTR { result = fdatasync(descriptor) }
        #endif
        return result == 0 ? 0 : errno
    }

    /// Puts the names in a file's folder on the disk, where the system allows it.
    static func synchronizeFolder(of path: String) {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { $0 == path.utf8.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = openFolder(folder)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func openFolder(_ path: String) -> Int32 {
        #if canImport(Glibc)
            unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        #elseif canImport(Musl)
            unsafe Musl.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        #else
            unsafe Darwin.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        #endif
    }
}

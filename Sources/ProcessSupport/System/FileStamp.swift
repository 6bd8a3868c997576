#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What tells one version of a file from another without reading it: identity, size and times.
package struct FileStamp: Sendable, Hashable {
    /// When the contents changed last, in seconds since 1970.
    package let modified: Double
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    private let modifiedNanoseconds: Int64
    private let changedNanoseconds: Int64

    /// A stamp of these parts, for tests.
    package init(modified: Double, size: Int64 = 0, inode: UInt64 = 0) {
        self.modified = modified
        self.size = size
        self.inode = inode
        device = 0
        modifiedNanoseconds = Int64(modified * 1e9)
        changedNanoseconds = modifiedNanoseconds
    }

    /// The stamp of the file at this path, links followed; nil when there is none.
    package init?(of path: String) {
        var status = stat()
        guard !path.utf8.contains(0), unsafe stat(path, &status) == 0 else { return nil }
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        #if canImport(Darwin)
            let (modification, change) = (status.st_mtimespec, status.st_ctimespec)
        #else
            let (modification, change) = (status.st_mtim, status.st_ctim)
        #endif
        modifiedNanoseconds = Int64(modification.tv_sec) * 1_000_000_000 + Int64(modification.tv_nsec)
        changedNanoseconds = Int64(change.tv_sec) * 1_000_000_000 + Int64(change.tv_nsec)
        modified = Double(modifiedNanoseconds) / 1e9
    }
}

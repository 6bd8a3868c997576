import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension KeyFiles {
    /// Whether anything is there, a dangling link too.
    func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0
    }

    /// Gives a file another name, replacing what has that name.
    func rename(_ source: String, _ target: String) throws {
        #if canImport(Glibc)
            let result = unsafe Glibc.rename(source, target)
        #elseif canImport(Musl)
            let result = unsafe Musl.rename(source, target)
        #else
            let result = unsafe Darwin.rename(source, target)
        #endif
        if result != 0 { throw Errno(rawValue: errno) }
    }

    /// Removes a file, if it is there.
    func remove(_ path: String) { _ = unsafe unlink(path) }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Unix sockets that only their owner can connect to.
enum UnixSocketPermissions {
    /// Runs the body, in which a socket is bound, while new files belong to the owner alone (mode 0600).
    static func ownerOnly<Result>(_ body: () -> Result) -> Result {
        let previous = umask(0o177)
        defer { umask(previous) }
        return body()
    }
}

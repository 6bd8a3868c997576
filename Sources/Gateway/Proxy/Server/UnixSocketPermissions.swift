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
    ///
    /// The mask belongs to the whole process, so this is for its start only.
    static func ownerOnly<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        let previous = umask(0o177)
        defer { umask(previous) }
        return try await body()
    }
}

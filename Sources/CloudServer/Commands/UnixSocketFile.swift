import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The file of a listener on a Unix socket.
enum UnixSocketFile {
    /// Makes sockets that are created from now on usable by this user only (mode 0600), from their first moment on.
    static func restrictMode() { _ = umask(0o177) }

    /// Whether somebody listens at the path.
    ///
    /// The listener replaces a socket file that it finds, which is right for one that a killed process left behind and wrong for a live one.
    static func isInUse(_ path: String) async -> Bool {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        guard let channel = try? await bootstrap.connect(unixDomainSocketPath: path).get() else { return false }
        try? await channel.close()
        return true
    }
}

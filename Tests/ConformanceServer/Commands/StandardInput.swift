import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The standard input of a server that does not read requests from it.
enum StandardInput {
    /// Reads and drops everything and calls back once, at the end of the input.
    ///
    /// Holds one thread.
    static func whenClosed(_ callback: @escaping @Sendable () -> Void) {
        NIOThreadPool.singleton.submit { _ in
            var buffer = [UInt8](repeating: 0, count: 1_024)
            while true {
                let count = unsafe read(0, &buffer, buffer.count)
                if count == 0 || (count < 0 && errno != EINTR) { break }
            }
            callback()
        }
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What happens when the reader of a pipe or socket is gone.
package enum BrokenPipe {
    /// Makes a write to a pipe without a reader fail with `EPIPE` instead of ending the process.
    ///
    /// Executables call it first of all.
    package static func ignoreSignal() {
        signal(SIGPIPE, SIG_IGN)
    }
}

import Synchronization

/// Where finished lines go.
///
/// A line is complete, ends in a line feed and is already redacted.
package struct LogOutput: Sendable {
    /// Writes one line.
    ///
    /// Called from any thread, also at the same time.
    package let write: @Sendable (_ line: [UInt8]) -> Void

    /// An output that hands each line to a closure.
    package init(_ write: @escaping @Sendable (_ line: [UInt8]) -> Void) { self.write = write }

    /// Standard error: one `write(2)` per line.
    ///
    /// Standard output belongs to the protocol and is never written.
    package static let standardError = LogOutput { line in
        // A pipe takes only 4 KiB as a whole; the lock keeps longer lines of different threads apart.
        standardErrorLock.withLock { _ in _ = Descriptor.write(line, to: 2) }
    }

    private static let standardErrorLock = Mutex(())

    /// A file that is rotated.
    package static func file(_ file: RotatingLogFile) -> LogOutput {
        LogOutput { file.write($0) }
    }
}

import ProcessSupport
import Synchronization

/// Keeps the lines that a sink writes.
final class Capture: Sendable {
    private let state = Mutex<[String]>([])

    /// The lines so far, without their line feeds.
    var lines: [String] { state.withLock { $0 } }

    var output: LogOutput {
        LogOutput { line in
            self.state.withLock { $0.append(String(decoding: line.dropLast(), as: UTF8.self)) }
        }
    }
}

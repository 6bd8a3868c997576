import Dispatch
import ProcessSupport
import Synchronization

/// Writes log lines to stderr from a queue of its own, several at a time, so that no request waits for whoever reads them.
///
/// What would not fit into the memory set aside is dropped and counted.
final class BackgroundLogOutput: Sendable {
    /// How many bytes may wait.
    static let capacity = 8 << 20

    private struct Waiting {
        var bytes: [UInt8] = []
        var dropped = 0
        var isScheduled = false
    }

    private let waiting = Mutex(Waiting())
    private let queue = DispatchQueue(label: "mcp-gateway.log")
    private let output: LogOutput

    /// An output in front of another one.
    init(_ output: LogOutput = .standardError) { self.output = output }

    /// The output for a log sink.
    var logOutput: LogOutput { LogOutput { self.write($0) } }

    /// Takes a line.
    func write(_ line: [UInt8]) {
        let mustSchedule = waiting.withLock { waiting in
            guard waiting.bytes.count + line.count <= Self.capacity else {
                waiting.dropped += 1
                return false
            }
            waiting.bytes += line
            defer { waiting.isScheduled = true }
            return !waiting.isScheduled
        }
        if mustSchedule { queue.async { self.drain() } }
    }

    /// Writes everything that waits; returns when it is written.
    func flush() { queue.sync { drain() } }

    private func drain() {
        let (bytes, dropped) = waiting.withLock { waiting in
            defer { waiting = Waiting() }
            return (waiting.bytes, waiting.dropped)
        }
        if !bytes.isEmpty { output.write(bytes) }
        if dropped > 0 { output.write(Array("\(dropped) log records were dropped, because stderr takes them too slowly\n".utf8)) }
    }
}

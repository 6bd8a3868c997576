package import JSONRPC
package import ProcessSupport
import Synchronization

/// Collects log records as objects.
package final class LogCapture: Sendable {
    private let lines: Lines
    /// The sink behind ``log``.
    package let sink: LogSink
    /// The log that writes here, at every level.
    package let log: EventLog

    /// A log that hides these secrets.
    package init(secrets: [Secret] = []) {
        let lines = Lines()
        self.lines = lines
        sink = LogSink(format: .json, secrets: secrets, outputs: [LogOutput { lines.append($0) }])
        log = EventLog(logger: "test", level: .trace, sink: sink)
    }

    /// All records in their order.
    package var records: [JSONObject] { lines.all.compactMap { try? JSONParser.parse($0).objectValue } }

    /// The records of one event.
    package func records(_ event: String) -> [JSONObject] { records.filter { $0["msg"] == .string(event) } }

    /// Everything as text.
    package var text: String { lines.all.map { String(decoding: $0, as: UTF8.self) }.joined() }

    /// Lines from any thread.
    private final class Lines: Sendable {
        private let lines = Mutex<[[UInt8]]>([])
        func append(_ line: [UInt8]) { lines.withLock { $0.append(line) } }
        var all: [[UInt8]] { lines.withLock { $0 } }
    }
}

import JSONRPC
import ProcessSupport
import Synchronization

/// Collects log records as objects.
final class LogCapture: Sendable {
    private final class Lines: Sendable {
        private let lines = Mutex<[[UInt8]]>([])
        func append(_ line: [UInt8]) { lines.withLock { $0.append(line) } }
        var all: [[UInt8]] { lines.withLock { $0 } }
    }

    private let lines: Lines
    let log: EventLog

    init() {
        let lines = Lines()
        self.lines = lines
        log = EventLog(logger: "test", level: .trace, sink: LogSink(format: .json, secrets: [], outputs: [LogOutput { lines.append($0) }]))
    }

    /// The records of one event.
    func records(_ event: String) -> [JSONObject] {
        lines.all.compactMap { try? JSONParser.parse($0).objectValue }.filter { $0["msg"] == .string(event) }
    }

    /// Everything as text.
    var text: String { lines.all.map { String(decoding: $0, as: UTF8.self) }.joined() }
}

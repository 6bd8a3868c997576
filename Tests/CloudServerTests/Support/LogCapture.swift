import JSONRPC
import ProcessSupport
import Synchronization

/// Collects log records as objects.
final class LogCapture: Sendable {
    private let lines = LineBox()
    let sink: LogSink
    let log: EventLog

    init(secrets: [Secret] = []) {
        let lines = lines
        sink = LogSink(format: .json, secrets: secrets, outputs: [LogOutput { lines.append($0) }])
        log = EventLog(logger: "test", level: .trace, sink: sink)
    }

    /// All records in their order.
    var records: [JSONObject] { lines.all.compactMap { try? JSONParser.parse($0).objectValue } }

    /// The records of one event.
    func records(_ event: String) -> [JSONObject] { records.filter { $0["msg"] == .string(event) } }

    /// Everything as text.
    var text: String { lines.all.map { String(decoding: $0, as: UTF8.self) }.joined() }
}

/// Lines from any thread.
final class LineBox: Sendable {
    private let lines = Mutex<[[UInt8]]>([])

    func append(_ line: [UInt8]) { lines.withLock { $0.append(line) } }

    var all: [[UInt8]] { lines.withLock { $0 } }
}

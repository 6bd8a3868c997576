import JSONRPC
import ProcessSupport
import Synchronization

/// Collects log records.
final class LogRecorder: Sendable {
    private let lines = Mutex<[JSONValue]>([])

    /// A log that writes here.
    var log: EventLog {
        let sink = LogSink(
            format: .json,
            outputs: [
                LogOutput { line in
                    let record = (try? JSONParser.parse(line)) ?? .null
                    self.lines.withLock { $0.append(record) }
                }
            ]
        )
        return EventLog(logger: "test", level: .trace, sink: sink)
    }

    /// The records so far.
    var records: [JSONValue] { lines.withLock { $0 } }

    /// The records of an event.
    func records(of event: String) -> [JSONValue] { records.filter { $0["msg"]?.stringValue == event } }
}

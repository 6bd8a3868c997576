package import FoundationEssentials
import JSONRPC
import Synchronization

/// Where all records of a process come together: redaction, form, clock and outputs are here and nowhere else (servers.md §8).
package final class LogSink: Sendable {
    private let format: LogFormat
    private let timestamp: LogTimestamp
    private let now: @Sendable () -> Date
    private let outputs: [LogOutput]
    private let protected: Mutex<Protected>

    private struct Protected {
        var secrets: Set<Secret>
        var redactor: Redactor
    }

    /// A sink that renders with this format, hides these secrets and writes to these outputs.
    package init(
        format: LogFormat = .text,
        secrets: [Secret] = [],
        outputs: [LogOutput] = [.standardError],
        timestamp: LogTimestamp = .utc,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.format = format
        self.timestamp = timestamp
        self.now = now
        self.outputs = outputs
        let known = Set(secrets)
        protected = Mutex(Protected(secrets: known, redactor: Redactor(secrets: Array(known))))
    }

    /// Hides further secrets from now on; those known already stay hidden.
    package func hide(_ secrets: [Secret]) {
        protected.withLock { protected in
            let known = protected.secrets.union(secrets)
            guard known.count > protected.secrets.count else { return }
            protected = Protected(secrets: known, redactor: Redactor(secrets: Array(known)))
        }
    }

    /// The text as a record would show it.
    ///
    /// For texts that leave the process by another way, the message of an API error for example.
    package func redact(_ text: String) -> String { redactor.redact(text) }

    /// The redactor with every secret known so far.
    package var redactor: Redactor { protected.withLock { $0.redactor } }

    func write(_ level: LogLevel, logger: String, message: String, fields: JSONObject) {
        let record = LogRecord(date: now(), level: level, logger: logger, message: message, fields: fields)
        let line = record.line(format, timestamp: timestamp, redactor: redactor)
        for output in outputs { output.write(line) }
    }
}

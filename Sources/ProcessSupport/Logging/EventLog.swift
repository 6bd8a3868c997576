package import JSONRPC
package import Logging

/// A logger of structured events: a constant name and fields.
///
/// A value; copies write to the same sink.
///
/// ```swift
/// log.info("tool-ok", ["tool": .string(name), "duration_ms": .int(elapsed), "request_id": .optional(requestID)])
/// ```
///
/// Fields keep their order, and one whose value is null is left out. They are not evaluated when the level is off.
package struct EventLog: Sendable {
    private let sink: LogSink?
    private let logger: String
    private let level: LogLevel
    private let context: JSONObject

    /// A logger of that name that lets events from `level` on through.
    package init(logger: String, level: LogLevel = .info, sink: LogSink) {
        self.init(sink: sink, logger: logger, level: level, context: [:])
    }

    private init(sink: LogSink?, logger: String, level: LogLevel, context: JSONObject) {
        self.sink = sink
        self.logger = logger
        self.level = level
        self.context = context
    }

    /// Drops everything.
    package static let disabled = EventLog(sink: nil, logger: "", level: .critical, context: [:])

    /// The same sink under another name, for a part of the process.
    package func named(_ logger: String) -> EventLog {
        EventLog(sink: sink, logger: logger, level: level, context: context)
    }

    /// The same with fields that every event carries, before its own; the event's own win.
    package func with(_ fields: JSONObject) -> EventLog {
        EventLog(sink: sink, logger: logger, level: level, context: Self.merge(context, fields))
    }

    /// Whether events of this level come through.
    package func isEnabled(_ level: LogLevel) -> Bool { sink != nil && level >= self.level }

    /// Writes one record.
    package func event(_ level: LogLevel, _ name: String, _ fields: @autoclosure () -> JSONObject = [:]) {
        guard let sink, level >= self.level else { return }
        let fields = context.isEmpty ? fields() : Self.merge(context, fields())
        sink.write(level, logger: logger, message: name, fields: fields)
    }

    /// Writes one record of level trace.
    package func trace(_ name: String, _ fields: @autoclosure () -> JSONObject = [:]) { event(.trace, name, fields()) }

    /// Writes one record of level debug.
    package func debug(_ name: String, _ fields: @autoclosure () -> JSONObject = [:]) { event(.debug, name, fields()) }

    /// Writes one record of level info.
    package func info(_ name: String, _ fields: @autoclosure () -> JSONObject = [:]) { event(.info, name, fields()) }

    /// Writes one record of level notice.
    package func notice(_ name: String, _ fields: @autoclosure () -> JSONObject = [:]) { event(.notice, name, fields()) }

    /// Writes one record of level warning.
    package func warning(_ name: String, _ fields: @autoclosure () -> JSONObject = [:]) { event(.warning, name, fields()) }

    /// Writes one record of level error.
    package func error(_ name: String, _ fields: @autoclosure () -> JSONObject = [:]) { event(.error, name, fields()) }

    /// Writes one record of level critical.
    package func critical(_ name: String, _ fields: @autoclosure () -> JSONObject = [:]) { event(.critical, name, fields()) }

    /// The redactor of the sink, for texts that leave the process by another way than the log.
    package var redactor: Redactor { sink?.redactor ?? Redactor() }

    /// A swift-log logger for a library: its records come out of the same sink in the same form.
    ///
    /// `level` is this log's unless given.
    package func libraryLogger(_ label: String, level: LogLevel? = nil) -> Logger {
        Logger(label: label) { handler($0, level: level) }
    }

    /// A swift-log handler for the logger with this label, for `LoggingSystem.bootstrap`.
    package func handler(_ label: String, level: LogLevel? = nil) -> any LogHandler {
        guard let sink else { return SwiftLogNoOpLogHandler() }
        return EventLogHandler(label: label, sink: sink, level: level ?? self.level)
    }

    private static func merge(_ first: JSONObject, _ second: JSONObject) -> JSONObject {
        var merged = first
        for member in second { merged[member.key] = member.value }
        return merged
    }
}

import JSONRPC
package import Logging

/// Lets libraries that log through swift-log write to our sink: metadata becomes fields, sorted by name, and an error the field `error`.
package struct EventLogHandler: LogHandler {
    private let label: String
    private let sink: LogSink

    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?

    /// A handler for the logger with this label.
    package init(label: String, sink: LogSink, level: LogLevel) {
        self.label = label
        self.sink = sink
        logLevel = level.loggerLevel
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        var fields = Self.object(all)
        if let error = event.error { fields["error"] = .string("\(error)") }
        sink.write(LogLevel(event.level), logger: label, message: event.message.description, fields: fields)
    }

    private static func object(_ metadata: Logger.Metadata) -> JSONObject {
        var object = JSONObject()
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { object[key] = json(value) }
        return object
    }

    private static func json(_ value: Logger.MetadataValue) -> JSONValue {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let value): .string(value.description)
        case .array(let values): .array(values.map(json))
        case .dictionary(let metadata): .object(object(metadata))
        }
    }
}

import JSONRPC
import ProcessSupport

/// Tells in the log when a service's circuit opens and closes.
enum CircuitLog {
    /// Logs a change.
    ///
    /// The attempts in between, one in each cool-down, are for who looks closely.
    static func record(_ change: UpstreamGate.Change, service: String, to log: EventLog) {
        let level: LogLevel =
            switch (change.from, change.to) {
            case (.closed, .open): .warning
            case (_, .closed): .info
            case (_, .open), (_, .halfOpen): .debug
            }
        var fields: JSONObject = ["service": .string(service), "circuit": .string(change.to.rawValue)]
        if change.to == .open { fields.set("error", change.failure.map(JSONValue.string)) }
        log.event(level, "service-circuit", fields)
    }
}

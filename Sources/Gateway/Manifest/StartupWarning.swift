import JSONRPC
import ProcessSupport

/// Something that is worth a log record at startup but does not prevent it.
struct StartupWarning: Sendable, Hashable {
    /// The level of the record.
    let level: LogLevel
    /// The event.
    let event: String
    /// Its fields.
    let fields: JSONObject
}

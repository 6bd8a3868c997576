import CloudServer
import JSONRPC

/// The schemas of members that summaries and details of traces share.
enum TraceMember {
    /// A moment in the zone of `CTS_DEFAULT_TIMEZONE`.
    static let time = Shape.text("YYYY-MM-DD HH:MM:SS ±HHMM")

    /// The row's own `trace_type`, which is not the request's.
    static let source = Shape.text("Where it came from: ApiCall, ConsoleAction, SystemAction, ObsSDK, ObsAPI.")

    /// The status of the recorded call.
    static let code = Shape.text("HTTP status of the recorded call.")
}

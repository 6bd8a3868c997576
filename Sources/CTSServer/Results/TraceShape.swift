import JSONRPC

/// Short spellings of the JSON Schemas that the results consist of.
enum TraceShape {
    static func text(_ description: String? = nil) -> JSONValue { value("string", description) }

    static func textOrNull(_ description: String? = nil) -> JSONValue { value(["string", "null"], description) }

    static func integer(_ description: String? = nil) -> JSONValue { value("integer", description) }

    static func integerOrNull(_ description: String? = nil) -> JSONValue { value(["integer", "null"], description) }

    static func flag(_ description: String? = nil) -> JSONValue { value("boolean", description) }

    /// A moment in the zone of `CTS_DEFAULT_TIMEZONE`.
    static let time = text("YYYY-MM-DD HH:MM:SS ±HHMM")

    /// The row's own `trace_type`, which is not the request's.
    static let source = text("Where it came from: ApiCall, ConsoleAction, SystemAction, ObsSDK, ObsAPI.")

    /// The status of the recorded call.
    static let code = text("HTTP status of the recorded call.")

    private static func value(_ type: JSONValue, _ description: String?) -> JSONValue {
        var schema: JSONObject = ["type": type]
        schema.set("description", description.map(JSONValue.string))
        return .object(schema)
    }
}

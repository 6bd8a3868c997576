import JSONRPC

/// The refusals of CTS: `{"error_code","error_msg"}`.
enum CTSError {
    /// `CTS.0003`: something about the request is wrong.
    static func invalid(_ message: String) -> ServiceError { make(400, "CTS.0003", message) }

    /// `CTS.0012`: the project in the path is not the caller's.
    static func project(_ id: String) -> ServiceError { make(403, "CTS.0012", "The project ID \(id) is invalid.") }

    private static func make(_ status: Int, _ code: String, _ message: String) -> ServiceError {
        ServiceError(status: status, body: ["error_code": .string(code), "error_msg": .string(message)])
    }
}

extension ToolError {
    /// The message has no usable identity.
    static let unauthorized = ToolError(
        code: ErrorCode.unauthorized,
        message: "The message carries no usable identity.",
        hint: "Authenticate at the gateway and repeat the call.",
        statusCode: 401
    )

    /// The caller lacks a role; the message is the one of servers.md §4.
    static func forbidden(_ failure: String) -> ToolError {
        ToolError(
            code: ErrorCode.forbidden,
            message: failure,
            hint: "Ask an administrator for the role; repeating the call does not help.",
            statusCode: 403
        )
    }

    /// A bug in the server; the log has the rest under the same call id.
    static func internalError(callID: String) -> ToolError {
        ToolError(
            code: ErrorCode.internalError,
            message: "The server failed to handle this call because of a bug. Its log has the details under call id \(callID)."
        )
    }

    /// Arguments that break the schema.
    ///
    /// - Parameter details: At most the first 20 violations in schema order, and if there are more, one entry with an empty path that tells
    ///   how many are left out.
    static func invalidParams(_ details: [Detail]) -> ToolError {
        ToolError(
            code: ErrorCode.invalidParams,
            message: details.count == 1 ? "An argument is invalid." : "Several arguments are invalid.",
            hint: "Correct what details names and repeat the call.",
            details: details
        )
    }
}

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
    /// - Parameters:
    ///   - violations: At most the first 20, in schema order.
    ///   - total: How many there are altogether.
    static func invalidParams(_ violations: [Detail], total: Int) -> ToolError {
        var details = Array(violations.prefix(maximumDetails))
        if total > details.count { details.append(Detail(path: "", message: "\(total - details.count) more problems are left out")) }
        return ToolError(
            code: ErrorCode.invalidParams,
            message: total == 1 ? "An argument is invalid." : "\(total) arguments are invalid.",
            hint: "Correct what details names and repeat the call.",
            details: details
        )
    }

    /// How many violations are listed.
    static let maximumDetails = 20
}

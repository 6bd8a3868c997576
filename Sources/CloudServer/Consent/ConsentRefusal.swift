/// Why a call that needed consent ended without being executed; each with its error and its word for the audit.
enum ConsentRefusal: Sendable, Hashable {
    /// Why the user could not be asked.
    enum Unavailability: Sendable, Hashable {
        /// The client did not declare that it can.
        case notDeclared
        /// It did, and failed.
        case clientFailed
    }

    /// The user said no.
    case declined
    /// The user went away from the form.
    case cancelled
    /// The user typed something else, every time.
    case mismatch
    /// The user did not answer in time.
    case expired
    /// The user cannot be asked.
    case unavailable(Unavailability)
    /// Nobody is identified any more.
    case identity
    /// The caller no longer holds the role.
    case role(String)
    /// What was previewed has changed; where it was.
    case stalePreview([ToolError.Detail])
    /// The client is gone: nobody is told anything.
    case clientGone
    /// The targets could not be read again.
    case failed(ToolError)

    /// The reason in one word or as the failure is worded.
    var reason: String {
        switch self {
        case .declined: "declined"
        case .cancelled: "cancelled"
        case .mismatch: "mismatch"
        case .expired: "not-answered-in-time"
        case .unavailable(.notDeclared): "consent-unavailable"
        case .unavailable(.clientFailed): "client-failed"
        case .identity: "no-identity"
        case .role(let failure): failure
        case .stalePreview: "stale-preview"
        case .clientGone: "client-gone"
        case .failed(let error): error.code
        }
    }

    /// What the caller is told.
    func error(seconds: Int) -> ToolError {
        switch self {
        case .declined: declined("The user declined; nothing was executed.")
        case .cancelled: declined("The user closed the question without an answer; nothing was executed.")
        case .mismatch: declined("The user did not type what was asked for, twice; nothing was executed.")
        case .expired:
            ToolError(
                code: ErrorCode.approvalExpired,
                message: "The user did not answer within \(seconds) s; nothing was executed.",
                hint: "Repeat the call when the user is there to answer."
            )
        case .unavailable(let reason): unavailable(reason)
        case .identity: .unauthorized
        case .role(let failure): .forbidden(failure)
        case .stalePreview(let details):
            ToolError(
                code: ErrorCode.conflictStalePreview,
                message: "A target has changed since the user was asked; nothing was executed.",
                hint: "Repeat the call: the user is asked again, with how things are now.",
                details: details
            )
        // Nobody receives it.
        case .clientGone: declined("The client is gone; nothing was executed.")
        case .failed(let error): error
        }
    }

    private func declined(_ message: String) -> ToolError {
        ToolError(
            code: ErrorCode.approvalDeclined,
            message: message,
            hint: "Do not repeat the call unless the user asks for it."
        )
    }

    private func unavailable(_ reason: Unavailability) -> ToolError {
        let message =
            switch reason {
            case .notDeclared:
                "This server executes such operations only after asking the user, and the client did not declare that it can."
            case .clientFailed: "The client could not ask its user; nothing was executed."
            }
        return ToolError(
            code: ErrorCode.consentUnavailable,
            message: message,
            hint: "Use a client that supports elicitation with forms, or have the server's operator choose another MCP_APPROVAL_POLICY."
        )
    }
}

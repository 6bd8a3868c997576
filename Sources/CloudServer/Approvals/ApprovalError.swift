/// The errors of approvals.md §3 and §4, each with one wording.
enum ApprovalError {
    /// Unknown, used, foreign and malformed ids: they cannot be told apart by the answer.
    static func notFound(_ policy: ApprovalPolicy) -> ToolError {
        ToolError(
            code: ErrorCode.approvalNotFound,
            message: "There is no such approval: the id is unknown, was used already, or is not yours to confirm.",
            hint: policy == .fourEyes
                ? "Repeat the original call to get a new preview and approval id, and have another person of the same tenant confirm it."
                : repeatHint
        )
    }

    /// It was not confirmed in time.
    static func expired(lifetimeSeconds: Int) -> ToolError {
        ToolError(
            code: ErrorCode.approvalExpired,
            message: "The approval has expired: it was valid for \(lifetimeSeconds) s after the preview.",
            hint: repeatHint
        )
    }

    /// Too many wait already.
    static func limitReached(lifetimeSeconds: Int) -> ToolError {
        ToolError(
            code: ErrorCode.approvalLimitReached,
            message: "Too many operations wait for their confirmation.",
            hint: "Confirm a pending approval, or wait up to \(lifetimeSeconds) s until pending ones have expired.",
            retryable: true
        )
    }

    /// The consent is used up although the execution failed.
    static func afterExecution(of operation: AuditedOperation, outcomeHint: String, _ error: ToolError) -> ToolError {
        var result = error
        if outcomeIsUnknown(error) {
            result.retryable = false
            result.hint =
                "The outcome is unknown. \(outcomeHint) \(used(operation.path)); repeat \(operation.tool) only if that "
                + "shows that nothing happened."
        } else {
            // Repeating the very same confirmation finds no approval, whatever the cloud would say; a call that asks may be repeated.
            if operation.path != .elicited, error.retryable != nil { result.retryable = false }
            let next =
                switch operation.path {
                case .elicited: "\(used(operation.path)): if \(operation.tool) is repeated, the user is asked again."
                case .twoPhase, .fourEyes: "\(used(operation.path)): repeat \(operation.tool) to get a new preview and approval id."
                }
            result.hint = error.hint.map { "\($0) \(next)" } ?? next
        }
        return result
    }

    private static func used(_ path: ConsentPath) -> String {
        switch path {
        case .elicited: "The user's consent is used up"
        case .twoPhase, .fourEyes: "The approval is used up"
        }
    }

    /// Whether the request may have taken effect although it failed.
    private static func outcomeIsUnknown(_ error: ToolError) -> Bool {
        if error.nothingChanged { return false }
        return switch error.code {
        case ErrorCode.upstreamTimeout, ErrorCode.upstreamUnreachable: error.retryable != true
        case ErrorCode.upstreamInvalidResponse: true
        default: (error.statusCode ?? 0) >= 500
        }
    }

    private static let repeatHint = "Repeat the original call to get a new preview and approval id."
}

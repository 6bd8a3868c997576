import HuaweiCloud

/// The error codes that all servers use (servers.md §1.1).
///
/// A server adds its own, and the cloud's API adds many more.
package enum ErrorCode {
    /// An argument is missing, unknown, of the wrong type or outside its bounds.
    package static let invalidParams = "INVALID_PARAMS"
    /// The message has no usable identity.
    package static let unauthorized = "UNAUTHORIZED"
    /// The caller lacks the role.
    package static let forbidden = "FORBIDDEN"
    /// The named object does not exist.
    package static let notFound = "NOT_FOUND"
    /// No endpoint is known for service and region.
    package static let unsupportedRegion = CloudError.Code.unsupportedRegion
    /// The IAM lookup gave no single project.
    package static let projectIDLookupFailed = CloudError.Code.projectIDLookupFailed
    /// The cloud did not answer in time.
    package static let upstreamTimeout = CloudError.Code.upstreamTimeout
    /// DNS, connection or TLS failure.
    package static let upstreamUnreachable = CloudError.Code.upstreamUnreachable
    /// A redirect, or an answer that is not JSON, truncated, too large or senseless.
    package static let upstreamInvalidResponse = CloudError.Code.upstreamInvalidResponse
    /// HTTP 429 whose body carries no code of its own.
    package static let rateLimited = CloudError.Code.rateLimited
    /// Unknown, used, foreign or malformed approval id.
    package static let approvalNotFound = "APPROVAL_NOT_FOUND"
    /// The approval was not confirmed in time.
    package static let approvalExpired = "APPROVAL_EXPIRED"
    /// Too many approvals wait for their confirmation.
    package static let approvalLimitReached = "APPROVAL_LIMIT_REACHED"
    /// The user said no.
    package static let approvalDeclined = "APPROVAL_DECLINED"
    /// The client cannot ask its user, and the policy demands it.
    package static let consentUnavailable = "CONSENT_UNAVAILABLE"
    /// The target changed since the preview.
    package static let conflictStalePreview = "CONFLICT_STALE_PREVIEW"
    /// The audit record of a change cannot be written, and so it was not made.
    package static let auditUnavailable = "AUDIT_UNAVAILABLE"
    /// A bug in the server, nothing else.
    package static let internalError = "INTERNAL_ERROR"
}

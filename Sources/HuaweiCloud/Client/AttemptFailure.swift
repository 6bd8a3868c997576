/// How one attempt failed: what the caller is told if no other follows, and what the decision about another needs.
struct AttemptFailure: Error {
    /// The error for the caller.
    let error: CloudError
    /// The input of ``RetryPolicy``.
    let retry: RetryPolicy.Failure
    /// A word for the log.
    let reason: String
    /// Whether another endpoint of the service may work: DNS or TLS failed.
    let switchesEndpoint: Bool

    /// A failure of these parts; by default one that another attempt cannot mend.
    init(
        _ error: CloudError,
        retry: RetryPolicy.Failure = .lasting,
        reason: String = "lasting",
        switchesEndpoint: Bool = false
    ) {
        self.error = error
        self.retry = retry
        self.reason = reason
        self.switchesEndpoint = switchesEndpoint
    }
}

/// Decides whether and when an attempt that failed is followed by another one (huaweicloud-http.md §5).
///
/// A pure function: whether the request may be repeated, chance and time are inputs.
package struct RetryPolicy: Sendable, Hashable {
    /// How an attempt failed, as far as it matters here.
    package enum Failure: Sendable, Hashable {
        /// DNS, a refused connection, the TLS handshake, or a timeout before any of these ended: nothing was sent.
        case nothingSent
        /// A timeout, a reset or a broken answer after sending began.
        case afterSending
        /// An HTTP status of 400 or more, with what `Retry-After` says; nil without a readable one.
        case status(Int, retryAfter: Duration?)
        /// A failure that another attempt cannot mend: a redirect, an invalid body, an unusable request.
        case lasting
    }

    /// The statuses after which a read is tried again.
    package static let transientStatuses: Set<Int> = [429, 502, 503, 504]

    /// The longest `Retry-After` that is waited for.
    package static let longestRetryAfter = Duration.seconds(30)

    /// How many further attempts may follow the first.
    package var furtherAttempts: Int

    /// So many further attempts; by default two.
    package init(furtherAttempts: Int = 2) { self.furtherAttempts = furtherAttempts }

    /// How long to wait before a further attempt; nil when there is none.
    ///
    /// - Parameters:
    ///   - number: Which further attempt it would be, from 1.
    ///   - failure: How the attempt before it failed.
    ///   - idempotency: Whether the request may be repeated.
    ///   - random: A number from 0 up to 1, for the jitter.
    package func wait(
        beforeFurtherAttempt number: Int,
        after failure: Failure,
        of idempotency: Idempotency,
        random: Double
    ) -> Duration? {
        guard number <= furtherAttempts else { return nil }
        switch failure {
        case .nothingSent: return backoff(number, random: random)
        case .afterSending: return idempotency == .read ? backoff(number, random: random) : nil
        case .status(let status, let retryAfter):
            guard idempotency == .read, Self.transientStatuses.contains(status) else { return nil }
            guard let retryAfter else { return backoff(number, random: random) }
            return retryAfter <= Self.longestRetryAfter ? retryAfter : nil
        case .lasting: return nil
        }
    }

    /// Between half and the whole of min(5 s, 0.2 s · 2ⁿ⁻¹).
    private func backoff(_ number: Int, random: Double) -> Duration {
        let whole = min(5000, 200 << min(number - 1, 10))
        return .microseconds(Int64(Double(whole) * 1000 * (0.5 + 0.5 * min(max(random, 0), 1))))
    }
}

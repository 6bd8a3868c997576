/// Why an attempt has no complete answer.
package struct TransportFailure: Error, Sendable, Hashable {
    /// What happened.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The host's name could not be resolved.
        case nameResolution = "dns"
        /// No connection came about, for example because it was refused.
        case connection
        /// The TLS handshake failed.
        case tls
        /// The time was over.
        case timeout
        /// The connection broke after it stood.
        case broken
        /// The answer is not HTTP.
        case malformed
        /// The answer is longer than is read.
        case tooLarge = "too-large"
        /// The request cannot be expressed in HTTP; nothing was sent.
        case unsendable
        /// The caller's task was cancelled.
        case cancelled
        /// The transport has been shut down.
        case shutDown = "shut-down"
    }

    /// What happened.
    package var kind: Kind
    /// Whether sending had begun: the cloud may then have acted on the request.
    package var sent: Bool
    /// What had arrived of the answer, from its head on; nil when the head had not.
    package var partial: TransportResponse?

    /// A failure of that kind.
    package init(_ kind: Kind, sent: Bool, partial: TransportResponse? = nil) {
        self.kind = kind
        self.sent = sent
        self.partial = partial
    }
}

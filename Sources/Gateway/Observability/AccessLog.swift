import AuthCommon

/// The log records and metrics of the data path. Any thread; never blocks on an upstream or a client.
final class AccessLog: Sendable {
    /// Logs a finished request, once.
    func record(_ record: AccessRecord) {}

    /// Logs the end of an event stream that the gateway ended: `token-expired`, `draining`, `mount-removed`, …
    func streamClosed(requestID: String, service: String, identity: Identity, reason: String, duration: Duration) {}

    /// Logs a failure of an upstream. `error` never contains a client's data.
    func upstreamError(requestID: String, service: String, status: Int, error: String) {}

    /// Logs a request refused by a limit; `limit` is the member's name in `limits`.
    func rateLimited(requestID: String, identity: Identity?, peer: PeerAddress, limit: String) {}

    /// Counts open client connections.
    func connectionOpened() {}

    /// Counts open client connections.
    func connectionClosed() {}

    /// Counts open event streams.
    func streamOpened(service: String) {}

    /// Counts open event streams.
    func streamClosed(service: String) {}
}

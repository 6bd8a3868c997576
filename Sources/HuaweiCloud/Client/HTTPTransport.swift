/// Carries one request to the cloud and its answer back: a single attempt without redirects and retries.
package protocol HTTPTransport: Sendable {
    /// Sends the request exactly as it is and reads the whole answer.
    ///
    /// - Parameter timeout: The limit for everything from connecting to the last byte.
    /// - Throws: ``TransportFailure`` when there is no complete answer; at once, of kind `cancelled`, when the task is cancelled.
    func execute(_ request: SignedRequest, timeout: Duration) async throws(TransportFailure) -> TransportResponse
}

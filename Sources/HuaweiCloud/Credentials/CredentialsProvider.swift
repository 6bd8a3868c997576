/// Where credentials come from.
///
/// It is asked before every attempt, so that a source that renews them is always up to date.
package protocol CredentialsProvider: Sendable {
    /// The credentials to sign the next request with.
    ///
    /// - Throws: ``CloudError`` when there are none; it becomes the result of the call.
    func credentials() async throws(CloudError) -> Credentials
}

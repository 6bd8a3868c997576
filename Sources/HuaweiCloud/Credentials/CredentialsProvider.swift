/// Where credentials come from.
///
/// It is asked before every attempt, so that a source that renews them is always up to date.
package protocol CredentialsProvider: Sendable {
    /// What kind of source it is, in one word: `configuration`.
    var source: String { get }

    /// The credentials to sign the next request with.
    ///
    /// - Throws: ``CloudError`` when there are none; it becomes the result of the call.
    func credentials() async throws(CloudError) -> Credentials
}

extension CredentialsProvider {
    /// A source that does not say what it is.
    package var source: String { "unknown" }
}

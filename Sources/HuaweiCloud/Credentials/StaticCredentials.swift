/// Credentials that stay the same for the life of the process: those of the configuration.
package struct StaticCredentials: CredentialsProvider {
    private let value: Credentials

    /// Always these.
    package init(_ credentials: Credentials) { value = credentials }

    package let source = "configuration"

    package func credentials() async throws(CloudError) -> Credentials { value }
}

/// Decides who sent an HTTP request from its identity headers: the table at the end of servers.md §5.1.
///
/// Pure, apart from the development identity's one warning.
package struct IdentityResolver: Sendable {
    private let verifier: IdentityAssertionVerifier?
    private let development: DevelopmentIdentity?

    /// A resolver.
    ///
    /// `verifier` is nil when no key is configured, `development` when startup did not allow that identity. With a key the development
    /// identity is never used.
    package init(verifier: IdentityAssertionVerifier?, development: DevelopmentIdentity?) {
        self.verifier = verifier
        self.development = development
    }

    /// The identity of a request with these values of `MCP-Gateway-Identity`, one for each time that the header was sent.
    ///
    /// `now` is in seconds since 1970.
    package func resolve(_ assertions: [String], now: Int64) throws(AuthenticationError) -> Identity {
        guard let verifier else {
            guard assertions.isEmpty else { throw .unverifiableIdentity }
            guard let development else { throw .missingIdentity }
            return development.assume()
        }
        guard let assertion = assertions.first else { throw .missingIdentity }
        guard assertions.count == 1 else { throw .invalidIdentity(.malformed) }
        do throws(AssertionError) {
            return try verifier.verify(assertion, now: now)
        } catch {
            throw .invalidIdentity(error)
        }
    }
}

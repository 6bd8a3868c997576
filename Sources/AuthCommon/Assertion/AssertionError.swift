/// Why an identity assertion is refused (servers.md §5.1).
package enum AssertionError: String, Error, Sendable, CaseIterable {
    /// No compact JWS with JSON objects inside, too long, sent more than once, or a header that is not an assertion's.
    case malformed
    /// Any algorithm but EdDSA.
    case algorithm
    /// None of the keys verifies it.
    case signature
    /// Not issued by the gateway.
    case issuer
    /// Meant for another service.
    case audience
    /// Its time is over.
    case expired
    /// Issued in the future.
    case notYetValid = "not-yet-valid"
    /// Valid for no time or for more than 60 s.
    case lifetime
    /// A claim is missing or of the wrong kind.
    case claims
}

import ProcessSupport

/// The member `jwt` of the manifest.
struct TokenSettings: Sendable, Hashable {
    /// What a token must say.
    var rules = TokenRules()
    /// `public_key`: where the keys are.
    var publicKey: Secret?
    /// `jwks_url`.
    var keySet: KeySetLocation?
    /// `revocations`: the file that names revoked tokens and subjects.
    var revocations: String?
}

/// Where a JWK set is.
enum KeySetLocation: Sendable, Hashable {
    /// A file, as it was named.
    case file(String)
    /// An `https` URL, or an `http` URL of a loopback host.
    case url(String)
}

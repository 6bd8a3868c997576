/// Why the gateway ends an event stream.
enum StreamEnd: Sendable, Hashable {
    /// The gateway shuts down.
    case draining
    /// A reload took away the mount, or the role that it requires.
    case notAllowed
    /// The token or its subject was revoked.
    case revoked
    /// The time of the token is over.
    case tokenExpired

    /// The reason in the log.
    var reason: String {
        switch self {
        case .draining: "draining"
        case .notAllowed: "not-allowed-any-more"
        case .revoked: "revoked"
        case .tokenExpired: "token-expired"
        }
    }

    /// The last comment on the stream; nil for none.
    var comment: StaticString? {
        switch self {
        case .draining, .notAllowed: nil
        case .revoked: "revoked"
        case .tokenExpired: "token-expired"
        }
    }
}

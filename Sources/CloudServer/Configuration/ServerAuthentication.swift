package import AuthCommon
package import Crypto

/// How a server learns who calls (servers.md §5).
package enum ServerAuthentication: Sendable {
    /// Only what the gateway has signed for this audience is believed.
    case assertions(keys: [Curve25519.Signing.PublicKey], audience: String)
    /// Everybody is the development identity. `isOpen`: also callers from other machines, as `--allow-unauthenticated` demands.
    case development(Identity, isOpen: Bool)
}

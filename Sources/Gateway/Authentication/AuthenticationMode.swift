/// Who may call, and as whom (gateway.md §5).
enum AuthenticationMode: String, Sendable, Hashable, CaseIterable {
    /// Bearers of a valid token, with its claims.
    case jwt
    /// Loopback peers, or anyone when told so, with the development identity.
    case dev
    /// Anyone, as `anonymous`.
    case disabled
}

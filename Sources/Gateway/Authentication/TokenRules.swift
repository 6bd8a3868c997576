/// What a token must say, beside being signed (gateway.md §7.3).
struct TokenRules: Sendable, Hashable {
    /// The only accepted `iss`.
    var issuer = "mcp-gateway"
    /// The configured audiences; empty when none is configured.
    var audiences: [String] = []
    /// Tolerance for `exp`, `nbf` and `iat`, in seconds.
    var leeway = 30
    /// Whether tokens without `exp` are accepted.
    var allowsPermanent = false
}

/// The fixed parts of the identity assertion, a compact JWS (servers.md §5.1).
package enum IdentityAssertion {
    /// The request header that carries it.
    package static let headerName = "MCP-Gateway-Identity"
    /// The `iss` claim.
    package static let issuer = "mcp-gateway"
    /// The `alg` member of the header.
    package static let algorithm = "EdDSA"
    /// The `typ` member of the header.
    package static let type = "mcp-identity+jwt"
    /// The longest time from `iat` to `exp`, in seconds.
    package static let longestLifetime: Int64 = 60
    /// The difference of clocks that a server tolerates, in seconds.
    package static let clockTolerance: Int64 = 5
    /// The longest assertion, in bytes.
    package static let longest = 8192
}

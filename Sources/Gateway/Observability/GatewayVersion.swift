/// The version of the gateway.
enum GatewayVersion {
    /// Semantic version, as `--version` and `/status` show it.
    static let current = "0.1.0"
}

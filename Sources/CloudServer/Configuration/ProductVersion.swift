/// The version of this family of servers.
package enum ProductVersion {
    /// Semantic version, as in `serverInfo`, `/healthz` and `--version`.
    package static let current = "0.1.0"
}

/// What the command line of `serve`, `config` and `explain` says.
///
/// Nil where it says nothing.
struct GatewayOptions: Sendable, Hashable {
    var manifest: String?
    var enable: [String] = []
    var disable: [String] = []
    var isStrict = false
    var host: String?
    var port: String?
    var adminPort: String?
    var logLevel: String?
    var revocations: String?
    var auditFile: String?
    var envFile: String?
    var allowsUnauthenticated = false

    /// The options that are settings too, keyed as ``GatewaySettings`` looks them up.
    var settings: [String: String] {
        var values: [String: String] = [:]
        for (option, value) in [
            ("--manifest", manifest), ("--host", host), ("--port", port), ("--admin-port", adminPort), ("--log-level", logLevel),
            ("--revocations", revocations), ("--audit-file", auditFile),
        ] {
            if let value { values[option] = value }
        }
        return values
    }
}

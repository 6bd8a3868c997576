import AuthCommon

/// One element of `services` in the manifest.
struct ServiceEntry: Sendable, Hashable {
    /// Where its server is.
    enum Target: Sendable, Hashable {
        /// A process that the gateway runs: the executable and its arguments.
        case command([String])
        /// A server that someone else runs.
        case upstream(UpstreamAddress)
    }

    /// `name`; also the assertion's `aud`.
    var name: String
    /// `enabled`.
    var isEnabled = true
    /// `mount_path` without a final slash.
    var mountPath: String
    /// `required_roles`.
    var requiredRoles: [String] = []
    /// `tools`: which of the server's tools exist on this mount; nil: all of them.
    var tools: ToolPolicy?
    /// What its server is spared: those of `limits`, unless the service has its own.
    var limits = UpstreamLimits()
    /// `command` or `upstream`.
    var target: Target

    /// The mount of this service.
    var mount: Mount { Mount(service: name, path: mountPath, requiredRoles: requiredRoles, tools: tools) }

    /// `command` or `upstream`.
    var kind: String {
        switch target {
        case .command: "command"
        case .upstream: "upstream"
        }
    }
}

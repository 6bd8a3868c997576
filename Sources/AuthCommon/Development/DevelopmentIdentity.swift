import JSONRPC
package import ProcessSupport
import Synchronization

/// The identity that is assumed where nobody states one: on stdio, and on HTTP without a key (servers.md §5.2).
///
/// A process makes one and shares it: the first use logs one warning, later ones none.
package final class DevelopmentIdentity: Sendable {
    /// The identity, without the warning.
    package let identity: Identity
    private let log: EventLog
    private let hasWarned = Atomic(false)

    /// The development identity of this subject and these roles; it warns through `log`.
    package init(subject: String = "dev-local", roles: [String] = ["admin"], log: EventLog) {
        identity = Identity(subject: subject, roles: roles)
        self.log = log
    }

    /// The identity of `MCP_DEV_SUBJECT` (`dev-local`) and `MCP_DEV_ROLES` (`admin`; set but empty: no roles).
    package convenience init(settings: inout Settings, log: EventLog) {
        let (subject, roles) = Self.read(&settings)
        self.init(subject: subject, roles: roles, log: log)
    }

    /// What the two variables say.
    package static func read(_ settings: inout Settings) -> (subject: String, roles: [String]) {
        (settings.text("MCP_DEV_SUBJECT") ?? "dev-local", settings.list("MCP_DEV_ROLES", empty: .kept) ?? ["admin"])
    }

    private var detail: String {
        let roles = identity.roles.isEmpty ? "no roles" : "the roles \(identity.roles.joined(separator: ", "))"
        return """
            this server is NOT behind the MCP gateway: every caller is taken for \(identity.subject) with \(roles); \
            this is unsafe in production and expected in local development
            """
    }

    /// The identity, for a message.
    ///
    /// The first call logs the warning.
    package func assume() -> Identity {
        if !hasWarned.exchange(true, ordering: .relaxed) {
            log.warning(
                "dev-identity",
                [
                    "sub": .string(identity.subject),
                    "roles": .array(identity.roles.map(JSONValue.string)),
                    "detail": .string(detail),
                ]
            )
        }
        return identity
    }
}

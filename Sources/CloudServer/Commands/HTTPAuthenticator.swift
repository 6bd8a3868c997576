import AuthCommon
import FoundationEssentials
import HTTPTypes
import JSONRPC
import MCPServer
import ProcessSupport

/// Establishes who sends a message (servers.md §5) and records who is refused.
struct HTTPAuthenticator: Sendable {
    private let resolver: IdentityResolver
    private let development: DevelopmentIdentity
    private let log: EventLog
    private let now: @Sendable () -> Date

    init(_ authentication: ServerAuthentication, log: EventLog, now: @escaping @Sendable () -> Date = { Date() }) {
        self.log = log
        self.now = now
        switch authentication {
        case .assertions(let keys, let audience):
            resolver = IdentityResolver(verifier: IdentityAssertionVerifier(keys: keys, audience: audience), development: nil)
            // Nobody: with a key there is no falling back.
            development = DevelopmentIdentity(subject: "", roles: [], log: log)
        case .development(let identity, _):
            development = DevelopmentIdentity(subject: identity.subject, roles: identity.roles, log: log)
            resolver = IdentityResolver(verifier: nil, development: development)
        }
    }

    /// The identity of the one client on stdio.
    func localIdentity() -> Identity { development.assume() }

    /// The identity of an HTTP request.
    ///
    /// - Throws: 401 with one of the reasons of servers.md §5.1.
    func authenticate(_ fields: HTTPFields, peer: String?) throws(HTTPRefusal) -> Identity {
        let assertions = Self.header.map { fields[values: $0] } ?? []
        do {
            return try resolver.resolve(assertions, now: Int64(now().timeIntervalSince1970.rounded(.down)))
        } catch {
            log.warning("auth-rejected", ["status": .int(error.status), "reason": .string(error.reason), "peer": .optional(peer)])
            throw HTTPRefusal(
                status: HTTPResponse.Status(code: error.status),
                reason: error.reason,
                headers: [.wwwAuthenticate: AuthenticationError.challenge]
            )
        }
    }

    private static let header = HTTPField.Name("MCP-Gateway-Identity")
}

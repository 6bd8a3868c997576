import AuthCommon
import FoundationEssentials
import HTTPTypes
import JSONRPC
import MCPServer
import ProcessSupport

/// Establishes who sends a message (servers.md §5), and records who is refused.
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
    func authenticate(_ fields: HTTPFields) throws(HTTPRefusal) -> Identity {
        let assertions = Self.header.map { fields[values: $0] } ?? []
        do {
            return try resolver.resolve(assertions, now: Int64(now().timeIntervalSince1970.rounded(.down)))
        } catch {
            throw HTTPRefusal(
                status: HTTPResponse.Status(code: error.status),
                reason: error.reason,
                headers: [.wwwAuthenticate: AuthenticationError.challenge]
            )
        }
    }

    /// Records a request that was refused for what it claims to be: its identity, its host or its origin.
    func record(_ refusal: HTTPRefusal, path: String, peer: String?) {
        switch refusal.status {
        case .unauthorized, .forbidden, .misdirectedRequest:
            log.warning(
                "auth-rejected",
                [
                    "status": .int(refusal.status.code),
                    "reason": .string(refusal.reason),
                    "path": .string(ErrorText.cut(path, to: 200)),
                    "peer": .optional(peer),
                ]
            )
        default: break
        }
    }

    private static let header = HTTPField.Name("MCP-Gateway-Identity")
}

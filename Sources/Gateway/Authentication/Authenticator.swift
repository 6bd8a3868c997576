import AuthCommon
import Synchronization

/// Finds out who sends a request (gateway.md §5, §7).
///
/// Synchronous: it may be called on an event loop.
struct Authenticator: Sendable {
    /// What it found out.
    enum Outcome: Sendable {
        /// The caller.
        case caller(Caller)
        /// Nobody: the answer without its challenge, which depends on the path.
        case refused(status: Int, reason: String, tokenPresented: Bool)
        /// No key is known at all: 503 `jwks-unavailable`.
        case noKeys
        /// The key is being fetched.
        case wait(KeyRefresh)
    }

    private enum Kind: Sendable {
        case tokens(TokenAuthenticator)
        case development(Caller, loopbackOnly: Bool)
    }

    private let kind: Kind

    /// Mode `jwt`.
    init(rules: TokenRules, keys: KeyStore, revocations: RevocationStore = RevocationStore()) {
        kind = .tokens(TokenAuthenticator(rules: rules, keys: keys, revocations: revocations))
    }

    /// The modes without tokens.
    ///
    /// - Parameter loopbackOnly: Refuse peers that are not on loopback, and requests that came through a proxy.
    init(development identity: Identity, loopbackOnly: Bool) {
        kind = .development(Caller(identity: identity, tokenDeadline: nil, cacheKey: .tokenless), loopbackOnly: loopbackOnly)
    }

    /// A number that changes with the verification keys: what was found out under another one does not count any more.
    var keyGeneration: Int {
        switch kind {
        case .tokens(let tokens): tokens.keyGeneration
        case .development: 0
        }
    }

    /// Finds out who sends a request.
    ///
    /// - Parameters:
    ///   - authorization: The values of all Authorization headers.
    ///   - forwardedHeaderPresent: See ``RequestFacts/forwardedHeaderPresent``.
    ///   - resources: The resource URLs of the requested mount, accepted as audiences.
    ///   - now: Seconds since 1970.
    func authenticate(
        authorization: [String],
        peer: PeerAddress,
        forwardedHeaderPresent: Bool,
        resources: [String],
        now: Double
    ) -> Outcome {
        switch kind {
        case .tokens(let tokens):
            return tokens.authenticate(authorization, resources: resources, now: now)
        case .development(let caller, let loopbackOnly):
            if loopbackOnly && !peer.isLoopback {
                return .refused(status: 403, reason: "dev-mode-rejects-non-loopback", tokenPresented: false)
            }
            if loopbackOnly && forwardedHeaderPresent {
                return .refused(status: 403, reason: "dev-mode-rejects-forwarded", tokenPresented: false)
            }
            return .caller(caller)
        }
    }
}

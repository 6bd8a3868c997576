import Crypto
import ProcessSupport

/// Everything that a request is decided and forwarded by, as one immutable snapshot.
///
/// A reload replaces it as a whole; a running request keeps the snapshot that it began with.
final class GatewayConfiguration: Sendable {
    /// Decides about requests.
    let engine: DecisionEngine
    /// Issues identity assertions.
    let assertions: AssertionIssuer
    /// The limits.
    let limits: Limits
    /// The proxies that are believed when they name a client.
    let trustedProxies: TrustedProxies
    /// Seconds of silence on an event stream before a comment is sent.
    let sseKeepAlive: Int
    /// Seals session ids (gateway.md §9.3); 32 bytes.
    let sessionKey: SymmetricKey

    /// A snapshot.
    init(
        engine: DecisionEngine,
        assertions: AssertionIssuer,
        limits: Limits,
        trustedProxies: TrustedProxies = TrustedProxies(),
        sseKeepAlive: Int,
        sessionKey: SymmetricKey
    ) {
        self.engine = engine
        self.assertions = assertions
        self.limits = limits
        self.trustedProxies = trustedProxies
        self.sseKeepAlive = sseKeepAlive
        self.sessionKey = sessionKey
    }
}

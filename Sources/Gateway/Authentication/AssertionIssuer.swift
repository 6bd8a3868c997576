import AuthCommon
import Synchronization

/// Issues the identity assertions that accompany forwarded requests (gateway.md §9.2) and reuses them while at least 30 s are left.
final class AssertionIssuer: Sendable {
    /// The longest life of an assertion, in seconds.
    static let lifetime = 60.0
    /// What must be left of it to be reused.
    static let reusableRest = 30.0
    /// How many assertions are remembered.
    static let cacheCapacity = 20_000

    private struct Key: Hashable, Sendable {
        let token: TokenDigest
        let service: String
    }

    private struct Entry: Sendable {
        let assertion: String
        let tools: ToolPolicy?
        let issuedAt: Double
        let expires: Double
    }

    private let signer: IdentityAssertionSigner
    private let cache = Mutex(BoundedCache<Key, Entry>(capacity: AssertionIssuer.cacheCapacity))

    /// An issuer with its signing key.
    init(signer: IdentityAssertionSigner) { self.signer = signer }

    /// The assertion for a caller and the service of a mount, for the header `MCP-Gateway-Identity`.
    ///
    /// Cheap when one can be reused. One that was issued under another tool policy is not.
    ///
    /// - Parameter now: Seconds since 1970.
    /// - Throws: When signing fails, which no input can cause.
    func assertion(for caller: Caller, mount: Mount, now: Double) throws -> String {
        let key = Key(token: caller.cacheKey, service: mount.service)
        let cached = cache.withLock { $0.value(for: key) }
        if let cached, cached.tools == mount.tools, cached.issuedAt <= now, cached.expires - now >= Self.reusableRest {
            return cached.assertion
        }
        let issuedAt = now.rounded(.down)
        let expires = Self.expiry(issuedAt: issuedAt, deadline: caller.tokenDeadline)
        let identity = caller.identity.restricted(to: mount.tools)
        let assertion = try signer.sign(identity, audience: mount.service, issuedAt: Int64(issuedAt), expires: Int64(expires))
        cache.withLock { $0.insert(Entry(assertion: assertion, tools: mount.tools, issuedAt: issuedAt, expires: expires), for: key) }
        return assertion
    }

    /// The earlier of a minute and the token's end, but never less than a second: the token was valid a moment ago.
    private static func expiry(issuedAt: Double, deadline: Double?) -> Double {
        let latest = issuedAt + lifetime
        guard let deadline else { return latest }
        return max(min(latest, deadline.rounded(.down)), issuedAt + 1)
    }
}

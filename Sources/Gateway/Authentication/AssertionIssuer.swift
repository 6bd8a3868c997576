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
        let issuedAt: Double
        let expires: Double
    }

    private let signer: IdentityAssertionSigner
    private let cache = Mutex(BoundedCache<Key, Entry>(capacity: AssertionIssuer.cacheCapacity))

    /// An issuer with its signing key.
    init(signer: IdentityAssertionSigner) { self.signer = signer }

    /// The assertion for a caller and a service, for the header `MCP-Gateway-Identity`.
    ///
    /// Cheap when one can be reused.
    ///
    /// - Parameter now: Seconds since 1970.
    /// - Throws: When signing fails, which no input can cause.
    func assertion(for caller: Caller, service: String, now: Double) throws -> String {
        let key = Key(token: caller.cacheKey, service: service)
        let cached = cache.withLock { $0.value(for: key) }
        if let cached, cached.issuedAt <= now, cached.expires - now >= Self.reusableRest { return cached.assertion }
        let issuedAt = now.rounded(.down)
        let expires = Self.expiry(issuedAt: issuedAt, deadline: caller.tokenDeadline)
        let assertion = try signer.sign(caller.identity, audience: service, issuedAt: Int64(issuedAt), expires: Int64(expires))
        cache.withLock { $0.insert(Entry(assertion: assertion, issuedAt: issuedAt, expires: expires), for: key) }
        return assertion
    }

    /// The earlier of a minute and the token's end, but never less than a second: the token was valid a moment ago.
    private static func expiry(issuedAt: Double, deadline: Double?) -> Double {
        let latest = issuedAt + lifetime
        guard let deadline else { return latest }
        return max(min(latest, deadline.rounded(.down)), issuedAt + 1)
    }
}

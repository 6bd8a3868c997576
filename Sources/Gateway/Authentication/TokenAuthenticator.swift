import AuthCommon
import Synchronization

/// Authentication by bearer token, with a bounded cache of verified tokens (gateway.md §7).
final class TokenAuthenticator: Sendable {
    /// How many verified tokens are remembered.
    static let cacheCapacity = 20_000
    /// For how many seconds.
    static let cacheSeconds = 60.0

    private struct Entry: Sendable {
        let token: VerifiedToken
        let identity: Identity
        let validUntil: Double
    }

    private struct Cache: Sendable {
        var entries = BoundedCache<TokenDigest, Entry>(capacity: TokenAuthenticator.cacheCapacity)
        var generation = 0
    }

    private let verifier: TokenVerifier
    private let keys: KeyStore
    private let revocations: RevocationStore
    private let cache = Mutex(Cache())

    /// An authenticator for these rules, keys and revocations.
    init(rules: TokenRules, keys: KeyStore, revocations: RevocationStore = RevocationStore()) {
        verifier = TokenVerifier(rules)
        self.keys = keys
        self.revocations = revocations
    }

    /// A number that changes with the keys.
    var keyGeneration: Int { keys.generation }

    /// Finds out who sends a request with these Authorization headers.
    func authenticate(_ authorization: [String], resources: [String], now: Double) -> Authenticator.Outcome {
        let token: Substring.UTF8View
        do throws(BearerToken.Fault) {
            token = try BearerToken.extract(authorization)
        } catch {
            switch error {
            case .malformed: return .refused(status: 400, reason: "malformed-authorization", tokenPresented: true)
            case .missing: return .refused(status: 401, reason: "missing-bearer-token", tokenPresented: false)
            }
        }
        do throws(TokenFault) {
            return try authenticate(token, resources: resources, now: now)
        } catch {
            return .refused(status: 401, reason: error.rawValue, tokenPresented: true)
        }
    }

    private func authenticate(
        _ token: Substring.UTF8View,
        resources: [String],
        now: Double
    ) throws(TokenFault) -> Authenticator.Outcome {
        guard token.count <= CompactToken.maximumBytes else { throw .decode }
        let (keys, generation) = self.keys.current
        let digest = TokenDigest(of: token)
        if let entry = cached(digest, generation: generation, now: now) {
            try verifier.checkAudience(entry.token.audiences, resources: resources)
            try verifier.checkExpiry(entry.token.expiry, now: now)
            return .caller(try caller(entry, digest))
        }
        if keys.isEmpty { return self.keys.refresh(now: now).map { .wait($0) } ?? .noKeys }
        let verified: VerifiedToken
        do throws(TokenFault) {
            verified = try verifier.verify(token, keys: keys, resources: resources, now: now)
        } catch {
            guard error == .key, let refresh = self.keys.refresh(now: now) else { throw error }
            return .wait(refresh)
        }
        let entry = Entry(token: verified, identity: verified.identity, validUntil: now + Self.cacheSeconds)
        cache.withLock { cache in
            if cache.generation == generation { cache.entries.insert(entry, for: digest) }
        }
        return .caller(try caller(entry, digest))
    }

    /// The bearer of a token, unless it is revoked.
    ///
    /// That is looked up each time: a revocation does not wait for the cache.
    private func caller(_ entry: Entry, _ digest: TokenDigest) throws(TokenFault) -> Caller {
        let caller = Caller(
            identity: entry.identity,
            tokenDeadline: verifier.deadline(entry.token.expiry),
            cacheKey: digest,
            tokenID: entry.token.tokenID
        )
        if revocations.current.revokes(caller) { throw .revoked }
        return caller
    }

    /// The entry of a token that was verified with the keys in force, at most a minute ago.
    private func cached(_ digest: TokenDigest, generation: Int, now: Double) -> Entry? {
        cache.withLock { cache in
            if cache.generation != generation {
                cache.entries.removeAll()
                cache.generation = generation
            }
            guard let entry = cache.entries.value(for: digest) else { return nil }
            if now <= entry.validUntil && now >= entry.validUntil - Self.cacheSeconds { return entry }
            cache.entries.remove(digest)
            return nil
        }
    }
}

import Synchronization

/// Token buckets in a bounded table (gateway.md §11).
///
/// Any thread.
///
/// A full table first forgets the buckets that have filled up again, which lose nothing by it, and then arbitrary ones: that lets some
/// callers do a little more, where refusing newcomers would let an attacker shut everyone out.
final class TokenBuckets<Key: Hashable & Sendable>: Sendable {
    /// How fast a bucket fills and how much it holds.
    struct Rate: Sendable, Hashable {
        /// Tokens per second.
        var perSecond: Double
        /// Tokens in a full bucket.
        var burst: Double
    }

    private struct Bucket {
        var tokens: Double
        var updated: Double
    }

    private let buckets = Mutex<[Key: Bucket]>([:])
    private let capacity: Int

    /// An empty table of at most `capacity` buckets.
    init(capacity: Int = 65_536) { self.capacity = max(capacity, 1) }

    /// The number of buckets.
    var count: Int { buckets.withLock { $0.count } }

    /// Takes a token out of the key's bucket.
    ///
    /// - Parameter now: Seconds of a clock that never goes back.
    /// - Returns: Nil when there was a token, else the seconds until there is one.
    func take(_ key: Key, at rate: Rate, now: Double) -> Double? {
        buckets.withLock { buckets in
            var bucket = Self.filled(buckets[key], rate, now)
            guard bucket.tokens >= 1 else {
                return (1 - bucket.tokens) / rate.perSecond
            }
            bucket.tokens -= 1
            if buckets[key] == nil, buckets.count >= capacity { Self.makeRoom(&buckets, capacity, rate, now) }
            buckets[key] = bucket
            return nil
        }
    }

    /// The seconds until the key's bucket has a token; nil when it has one.
    ///
    /// Takes nothing.
    func delay(_ key: Key, at rate: Rate, now: Double) -> Double? {
        buckets.withLock { buckets in
            let bucket = Self.filled(buckets[key], rate, now)
            return bucket.tokens >= 1 ? nil : (1 - bucket.tokens) / rate.perSecond
        }
    }

    private static func filled(_ bucket: Bucket?, _ rate: Rate, _ now: Double) -> Bucket {
        guard let bucket else { return Bucket(tokens: rate.burst, updated: now) }
        let gained = max(now - bucket.updated, 0) * rate.perSecond
        return Bucket(tokens: min(bucket.tokens + gained, rate.burst), updated: now)
    }

    private static func makeRoom(_ buckets: inout [Key: Bucket], _ capacity: Int, _ rate: Rate, _ now: Double) {
        buckets = buckets.filter { filled($0.value, rate, now).tokens < rate.burst }
        guard buckets.count >= capacity else { return }
        for key in Array(buckets.keys.prefix(capacity / 8 + 1)) { buckets[key] = nil }
    }
}

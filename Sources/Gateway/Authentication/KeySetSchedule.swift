/// When a JWK set is fetched (gateway.md §7.4).
///
/// Pure: it is told what happens and says what to do. Times are seconds since 1970.
struct KeySetSchedule: Sendable, Hashable {
    /// Seconds between fetches that the issuer says nothing about.
    static let ordinaryInterval = 900.0
    /// What `Cache-Control: max-age` may say, in seconds.
    static let intervals = 60.0...3_600.0
    /// Seconds after a failed fetch.
    static let retryInterval = 60.0
    /// An unknown key id triggers at most one fetch in so many seconds, for the whole gateway.
    static let unknownKeyInterval = 30.0

    private var isFetching = false
    /// Whether the running fetch may have begun too early for somebody.
    private var isAskedAgain = false
    private var lastUnknownKeyFetch: Double?
    /// When the next fetch is due.
    private(set) var nextFetch: Double

    /// A first fetch is due.
    init(now: Double) { nextFetch = now }

    /// What a request with an unknown key id may expect.
    enum Answer: Sendable, Hashable {
        /// Wait for the running fetch.
        case join
        /// Begin a fetch, and wait for it.
        case begin
        /// The present keys are all there is.
        case stands
    }

    /// A token names a key that is not known.
    mutating func unknownKey(now: Double) -> Answer {
        if isFetching { return .join }
        if let last = lastUnknownKeyFetch, now - last < Self.unknownKeyInterval, now >= last { return .stands }
        lastUnknownKeyFetch = now
        isFetching = true
        return .begin
    }

    /// The regular fetch begins, unless one is running.
    mutating func beginRegularFetch(now: Double) -> Bool {
        guard !isFetching, now >= nextFetch else { return false }
        isFetching = true
        return true
    }

    /// The operator wants a fetch (SIGHUP); it begins now unless one is running.
    ///
    /// A running one may have begun before whatever the operator has mended: another one follows it at once.
    mutating func asked() -> Bool {
        isAskedAgain = isFetching
        guard !isFetching else { return false }
        isFetching = true
        return true
    }

    /// A fetch is over.
    ///
    /// - Parameters:
    ///   - maxAge: What the issuer said, in seconds.
    mutating func finished(succeeded: Bool, maxAge: Double?, now: Double) {
        isFetching = false
        let interval = maxAge.map { min(max($0, Self.intervals.lowerBound), Self.intervals.upperBound) } ?? Self.ordinaryInterval
        nextFetch = isAskedAgain ? now : now + (succeeded ? interval : Self.retryInterval)
        isAskedAgain = false
    }
}

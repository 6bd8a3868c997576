import Synchronization

/// Counts the open event streams of every caller (gateway.md §11).
///
/// Any thread. Holds an entry only for callers who have a stream.
final class StreamQuota: Sendable {
    private let streams = Mutex<[CallerKey: Int]>([:])

    /// Nobody has a stream.
    init() {}

    /// Counts a stream that is about to be opened.
    ///
    /// - Returns: False, and nothing is counted, when the caller has `limit` of them already.
    func open(_ key: CallerKey, limit: Int?) -> Bool {
        streams.withLock { streams in
            let count = streams[key, default: 0]
            if let limit, count >= limit { return false }
            streams[key] = count + 1
            return true
        }
    }

    /// A stream that was counted is over.
    func close(_ key: CallerKey) {
        streams.withLock { streams in
            let count = streams[key, default: 0]
            streams[key] = count > 1 ? count - 1 : nil
        }
    }

    /// The number of streams of a caller.
    func count(_ key: CallerKey) -> Int { streams.withLock { $0[key, default: 0] } }
}

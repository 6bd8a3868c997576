import Synchronization

/// Remembers which endpoint of each service is in use.
///
/// It moves on only when DNS or TLS fails, and then stays (huaweicloud-http.md §3).
final class EndpointCursor: Sendable {
    private let positions = Mutex<[CloudService: Int]>([:])

    /// The endpoint to use now, of so many.
    func position(for service: CloudService, of count: Int) -> Int {
        positions.withLock { $0[service] ?? 0 } % max(count, 1)
    }

    /// Moves on from an endpoint that failed, unless another call has done so already.
    ///
    /// After the last comes the first.
    ///
    /// - Returns: Whether there is an endpoint left that has not failed since the first one.
    func advance(from position: Int, for service: CloudService, of count: Int) -> Bool {
        let next = position + 1 < count ? position + 1 : 0
        positions.withLock { positions in
            if positions[service] ?? 0 == position { positions[service] = next }
        }
        return next != 0
    }
}

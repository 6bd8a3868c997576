package import FoundationEssentials
package import MCPServer
import Synchronization

/// What asking users needs in one process: how long they may take, the seal of the states, and which of these were used.
///
/// Used states are remembered by one process: replicas that share keys open each other's states, but do not know of each other's uses.
package final class Consent: Sendable {
    /// How long a user may take, and how long a state can come back.
    package static let seconds = 120

    let sealer: RequestStateSealer
    private let used = Mutex(UsedStates())
    private let now: @Sendable () -> Int64

    /// - Parameters:
    ///   - service: The service, whose states no other one opens.
    ///   - keys: The key ring, newest first; empty: one that ends with the process.
    ///   - date: The time of day.
    ///   - newNonce: Makes a text that never repeats.
    package init(
        service: String,
        keys: [RequestStateKey] = [],
        date: @escaping @Sendable () -> Date,
        newNonce: @escaping @Sendable () -> String = RequestStateSealer.randomNonce
    ) {
        let now: @Sendable () -> Int64 = { Int64(date().timeIntervalSince1970.rounded(.down)) }
        self.now = now
        sealer = RequestStateSealer(
            newest: keys.first ?? .random(),
            older: Array(keys.dropFirst()),
            purpose: "consent",
            audience: service,
            lifetime: Int64(Self.seconds),
            now: now,
            makeNonce: newNonce
        )
    }

    /// Uses a state up; of simultaneous users exactly one is the first.
    func use(_ state: RequestState, by owner: ApprovalOwner) -> UsedStates.Use {
        // The clock is read inside the lock: two readings taken outside could be applied in the wrong order.
        used.withLock { $0.use(state.nonce, by: owner, until: state.expires, now: now()) }
    }

    /// How long a user may take now: no question outlives the caller's token by more than 300 s (servers.md §5.1).
    func answerTime(tokenExpiry: Int64?) -> Duration {
        guard let tokenExpiry else { return .seconds(Self.seconds) }
        let longest = Int64(Self.seconds)
        let (left, overflow) = tokenExpiry.subtractingReportingOverflow(now() - 300)
        if overflow { return .seconds(tokenExpiry > 0 ? longest : 0) }
        return .seconds(max(0, min(left, longest)))
    }
}

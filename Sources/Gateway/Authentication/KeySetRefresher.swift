import JSONRPC
import ProcessSupport
import Synchronization

/// Keeps the keys of a JWK set up to date in the background, and at once when a token names a key that is not known (gateway.md §7.4).
///
/// A failed fetch keeps the last good keys.
final class KeySetRefresher: KeySource {
    private struct State {
        var schedule: KeySetSchedule
        var running: KeyRefresh?
        var health = LoadHealth()
    }

    private let state: Mutex<State>
    private let keys: KeyStore
    private let fetcher: any KeySetFetching
    private let log: EventLog
    private let now: @Sendable () -> Double
    private let wake: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation

    /// A refresher that puts what it fetches into the store.
    ///
    /// - Parameter now: Seconds since 1970.
    init(keys: KeyStore, fetcher: any KeySetFetching, log: EventLog, now: @escaping @Sendable () -> Double) {
        self.keys = keys
        self.fetcher = fetcher
        self.log = log
        self.now = now
        state = Mutex(State(schedule: KeySetSchedule(now: now())))
        (wake, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Seconds since the last successful fetch; nil before the first.
    var age: Double? { health.lastSuccess.map { now() - $0 } }

    /// How the fetching goes.
    var health: LoadHealth { state.withLock { $0.health } }

    func refreshForUnknownKey(now: Double) -> KeyRefresh? {
        let (refresh, begins) = state.withLock { state -> (KeyRefresh?, Bool) in
            switch state.schedule.unknownKey(now: now) {
            case .stands: return (nil, false)
            case .join: return (state.running, false)
            case .begin:
                let refresh = KeyRefresh()
                state.running = refresh
                return (refresh, true)
            }
        }
        if begins { waker.yield() }
        return refresh
    }

    /// Fetches now, in the background; the keys in force stay until there are others.
    func refetch() {
        let begins = state.withLock { state in
            guard state.schedule.asked() else { return false }
            state.running = KeyRefresh()
            return true
        }
        if begins { waker.yield() }
    }

    /// Fetches whenever it is due, until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.watchClock() }
            for await _ in wake {
                if let refresh = state.withLock({ $0.running }) { await fetch(refresh) }
            }
            group.cancelAll()
        }
    }

    /// Looks at the clock every second and begins the regular fetches.
    private func watchClock() async {
        while !Task.isCancelled {
            let begins = state.withLock { state in
                guard state.schedule.beginRegularFetch(now: now()) else { return false }
                state.running = KeyRefresh()
                return true
            }
            if begins { waker.yield() }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    private func fetch(_ refresh: KeyRefresh) async {
        var failure: String?
        var maxAge: Double?
        do {
            let (document, age) = try await fetcher.fetch()
            let members = try KeySet.parse(document)
            keys.replaceSet(members)
            maxAge = age
            log.info("jwks-refreshed", ["keys": .int(members.count)])
        } catch {
            failure = "\(error)"
            log.warning("jwks-failed", ["error": .string("\(error)"), "keys": .int(keys.current.keys.set.count)])
        }
        let moment = now()
        state.withLock { state in
            state.schedule.finished(succeeded: failure == nil, maxAge: maxAge, now: moment)
            state.running = nil
            if let failure { state.health.failed(at: moment, failure) } else { state.health.succeeded(at: moment) }
        }
        refresh.finish()
    }
}

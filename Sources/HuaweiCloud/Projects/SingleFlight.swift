import Synchronization

/// Computes a value once per key: simultaneous callers share one computation, successes are kept, failures are not.
///
/// A caller that is cancelled leaves at once; the computation is cancelled when the last one has left.
final class SingleFlight<Key: Hashable & Sendable, Value: Sendable, Failure: Error>: Sendable {
    private typealias Waiter = CheckedContinuation<Result<Value, Failure>?, Never>

    private struct Flight {
        let id: UInt64
        let task: Task<Void, Never>
        var waiters: [UInt64: Waiter]
    }

    private struct State {
        var values: [Key: Value] = [:]
        var flights: [Key: Flight] = [:]
        var nextID: UInt64 = 0

        mutating func makeID() -> UInt64 {
            nextID += 1
            return nextID
        }
    }

    private let capacity: Int
    private let state = Mutex(State())

    /// - Parameter capacity: How many values are kept; beyond it all others are forgotten.
    init(capacity: Int = 16) { self.capacity = capacity }

    /// The value of the key if it has been computed.
    func kept(for key: Key) -> Value? { state.withLock { $0.values[key] } }

    /// The value of the key, kept or computed; the failure of the computation; nil when the calling task is cancelled.
    func value(
        for key: Key,
        compute: @escaping @Sendable () async -> Result<Value, Failure>
    ) async -> Result<Value, Failure>? {
        if let value = state.withLock({ $0.values[key] }) { return .success(value) }
        let id = state.withLock { $0.makeID() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in join(key, id: id, waiter: waiter, compute: compute) }
        } onCancel: {
            leave(key, id: id)
        }
    }

    private func join(_ key: Key, id: UInt64, waiter: Waiter, compute: @escaping @Sendable () async -> Result<Value, Failure>) {
        let answer: Result<Value, Failure>?? = state.withLock { state in
            // Cancelled before it could join: `leave` has been here already and found nobody.
            if Task.isCancelled { return .some(nil) }
            if let value = state.values[key] { return .success(value) }
            if state.flights[key] == nil {
                let flightID = state.makeID()
                let task = Task { self.land(key, id: flightID, with: await compute()) }
                state.flights[key] = Flight(id: flightID, task: task, waiters: [:])
            }
            state.flights[key]?.waiters[id] = waiter
            return nil
        }
        if let answer { waiter.resume(returning: answer) }
    }

    private func leave(_ key: Key, id: UInt64) {
        let waiter: Waiter? = state.withLock { state in
            guard let waiter = state.flights[key]?.waiters.removeValue(forKey: id) else { return nil }
            if let flight = state.flights[key], flight.waiters.isEmpty {
                flight.task.cancel()
                state.flights[key] = nil
            }
            return waiter
        }
        waiter?.resume(returning: nil)
    }

    private func land(_ key: Key, id: UInt64, with result: Result<Value, Failure>) {
        let waiters: [Waiter] = state.withLock { state in
            // Abandoned by all its callers, perhaps with another flight under way since.
            guard let flight = state.flights[key], flight.id == id else { return [] }
            state.flights[key] = nil
            if case .success(let value) = result {
                if state.values.count >= capacity { state.values = [:] }
                state.values[key] = value
            }
            return Array(flight.waiters.values)
        }
        for waiter in waiters { waiter.resume(returning: result) }
    }
}

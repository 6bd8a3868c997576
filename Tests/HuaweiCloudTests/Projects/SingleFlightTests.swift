import Synchronization
import Testing

@testable import HuaweiCloud

@Suite(.timeLimit(.minutes(1)))
struct SingleFlightTests {
    private struct Broken: Error {}

    @Test func keepsValuesByKeyAndForgetsAllAtItsCapacity() async throws {
        let flights = SingleFlight<Int, Int, Broken>(capacity: 2)
        let computed = Mutex(0)
        for key in [1, 1, 2, 2, 1, 3, 1] {
            let value = await flights.value(for: key) {
                computed.withLock { $0 += 1 }
                return .success(key)
            }
            #expect(try value?.get() == key)
        }
        // 1, 2, then 3 evicts both, then 1 again.
        #expect(computed.withLock { $0 } == 4)
    }

    @Test func theComputationIsCancelledWhenTheLastCallerHasLeft() async {
        let flights = SingleFlight<Int, Int, Broken>()
        let state = Mutex((isRunning: false, wasCancelled: false))
        let compute: @Sendable () async -> Result<Int, Broken> = {
            state.withLock { $0.isRunning = true }
            while !Task.isCancelled { await Task.yield() }
            state.withLock { $0.wasCancelled = true }
            return .failure(Broken())
        }
        let callers = (0..<3).map { _ in Task { await flights.value(for: 1, compute: compute) == nil } }
        while !state.withLock({ $0.isRunning }) { await Task.yield() }
        for caller in callers { caller.cancel() }
        for caller in callers { #expect(await caller.value) }
        while !state.withLock({ $0.wasCancelled }) { await Task.yield() }
    }

    @Test func anAbandonedFlightDoesNotDisturbTheNext() async throws {
        let flights = SingleFlight<Int, Int, Broken>()
        let isReleased = Mutex(false)
        let isRunning = Mutex(false)
        let first = Task {
            await flights.value(for: 1) {
                isRunning.withLock { $0 = true }
                while !isReleased.withLock({ $0 }) { await Task.yield() }
                return .success(1)
            } == nil
        }
        while !isRunning.withLock({ $0 }) { await Task.yield() }
        first.cancel()
        #expect(await first.value)
        let second = await flights.value(for: 1) {
            isReleased.withLock { $0 = true }
            return .success(2)
        }
        #expect(try second?.get() == 2)
        let third = await flights.value(for: 1) { .success(3) }
        #expect(try third?.get() == 2)
    }

    @Test func aCallerThatIsCancelledAlreadyStartsNothing() async {
        let flights = SingleFlight<Int, Int, Broken>()
        let started = Mutex(false)
        let caller = Task {
            while !Task.isCancelled { await Task.yield() }
            return await flights.value(for: 1) {
                started.withLock { $0 = true }
                return .success(1)
            } == nil
        }
        caller.cancel()
        #expect(await caller.value)
        #expect(!started.withLock { $0 })
    }
}

import HuaweiCloud
import Synchronization
import Testing

/// The time that a piece of work has for all its requests together.
@Suite(.timeLimit(.minutes(1))) struct CloudDeadlineTests {
    /// Monotonic time that a test moves.
    private final class Time: Sendable {
        private let state = Mutex(Duration.zero)
        var now: Duration { state.withLock { $0 } }
        func advance(by duration: Duration) { state.withLock { $0 += duration } }
    }

    private let time = Time()

    private func deadline(_ limit: Duration) -> CloudDeadline {
        let time = time
        return CloudDeadline(after: limit, monotonic: { time.now })
    }

    @Test func anAttemptHasWhatIsLeftButNoMoreThanTheClientsLimit() async throws {
        let fixture = Fixture(.answer(200))
        _ = try await fixture.client.send(Fixture.read)
        let deadline = deadline(.seconds(40))
        for elapsed in [Duration.zero, .seconds(15)] {
            time.advance(by: elapsed)
            _ = try await CloudDeadline.$current.withValue(deadline) { try await fixture.client.send(Fixture.read) }
        }
        #expect(fixture.transport.timeouts == [.seconds(30), .seconds(30), .seconds(25)])
    }

    @Test func nothingIsSentWhenTheTimeIsOver() async {
        let fixture = Fixture(.answer(200))
        let deadline = deadline(.seconds(1))
        time.advance(by: .seconds(2))
        #expect(deadline.remaining == .zero)
        let error = await CloudDeadline.$current.withValue(deadline) { await fixture.failure(of: Fixture.read) }
        #expect(error?.code == "UPSTREAM_TIMEOUT")
        #expect(error?.retryable == true)
        #expect(fixture.transport.requests.isEmpty)
        #expect(fixture.time.waits.isEmpty)
    }

    @Test func noAttemptFollowsThatCouldNotBeginInTime() async {
        let fixture = Fixture([.answer(503, "{}", ["Retry-After": "20"])])
        let deadline = deadline(.seconds(20))
        let error = await CloudDeadline.$current.withValue(deadline) { await fixture.failure(of: Fixture.read) }
        #expect(error?.statusCode == 503)
        #expect(fixture.transport.requests.count == 1)
        #expect(fixture.time.waits.isEmpty)
    }
}

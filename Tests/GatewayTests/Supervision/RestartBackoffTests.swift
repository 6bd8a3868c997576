import Testing

@testable import Gateway

@Suite struct RestartBackoffTests {
    @Test("half a second, doubling to 30 s") func doubling() {
        var backoff = RestartBackoff()
        let delays = (0..<9).map { _ in backoff.exited(code: 1, now: 0).delay }
        #expect(delays == [0.5, 1, 2, 4, 8, 16, 30, 30, 30])
    }

    @Test("60 s of readiness begin anew, less does not") func reset() {
        var backoff = RestartBackoff()
        for _ in 0..<4 { _ = backoff.exited(code: 1, now: 0) }
        backoff.becameReady(now: 100)
        #expect(backoff.exited(code: nil, now: 159.9) == .init(delay: 8, state: .restarting))
        backoff.becameReady(now: 200)
        #expect(backoff.exited(code: 0, now: 260) == .init(delay: 0.5, state: .restarting))
    }

    @Test("readiness of an earlier process does not count") func earlierReadiness() {
        var backoff = RestartBackoff()
        backoff.becameReady(now: 0)
        _ = backoff.exited(code: 1, now: 1)
        #expect(backoff.exited(code: 1, now: 1_000).delay == 1)
    }

    @Test("exit code 2 is failed at once, every 30 s") func configuration() {
        var backoff = RestartBackoff()
        #expect(backoff.exited(code: 2, now: 0) == .init(delay: 30, state: .failed))
        #expect(backoff.exited(code: 2, now: 0) == .init(delay: 30, state: .failed))
        #expect(backoff.exited(code: 1, now: 0) == .init(delay: 0.5, state: .restarting))
    }
}

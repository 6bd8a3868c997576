import HuaweiCloud
import Testing

/// The table and the waits of huaweicloud-http.md §5.
@Suite struct RetryPolicyTests {
    private func wait(
        _ failure: RetryPolicy.Failure,
        _ idempotency: Idempotency,
        number: Int = 1,
        random: Double = 1,
        further: Int = 5
    ) -> Duration? {
        RetryPolicy(furtherAttempts: further).wait(beforeFurtherAttempt: number, after: failure, of: idempotency, random: random)
    }

    @Test(arguments: [
        (RetryPolicy.Failure.nothingSent, true, true),
        (.afterSending, true, false),
        (.status(429, retryAfter: nil), true, false),
        (.status(502, retryAfter: nil), true, false),
        (.status(503, retryAfter: nil), true, false),
        (.status(504, retryAfter: nil), true, false),
        (.status(400, retryAfter: nil), false, false),
        (.status(401, retryAfter: nil), false, false),
        (.status(404, retryAfter: nil), false, false),
        (.status(408, retryAfter: .seconds(1)), false, false),
        (.status(500, retryAfter: nil), false, false),
        (.status(501, retryAfter: nil), false, false),
        (.status(505, retryAfter: nil), false, false),
        (.lasting, false, false),
    ])
    func whichFailuresAreRetried(failure: RetryPolicy.Failure, reads: Bool, writes: Bool) {
        #expect((wait(failure, .read) != nil) == reads)
        #expect((wait(failure, .write) != nil) == writes)
    }

    @Test(arguments: [(1, 200), (2, 400), (3, 800), (4, 1600), (5, 3200), (6, 5000), (7, 5000), (60, 5000), (1000, 5000)])
    func waitsBetweenHalfAndTheWhole(number: Int, whole: Int) {
        #expect(wait(.nothingSent, .write, number: number, random: 1, further: 2000) == .milliseconds(whole))
        #expect(wait(.nothingSent, .write, number: number, random: 0, further: 2000) == .milliseconds(whole / 2))
        #expect(wait(.afterSending, .read, number: number, random: 0.5, further: 2000) == .milliseconds(whole * 3 / 4))
    }

    @Test(arguments: [0, 1, 5])
    func furtherAttemptsAreCounted(_ further: Int) {
        if further > 0 { #expect(wait(.nothingSent, .read, number: further, further: further) != nil) }
        #expect(wait(.nothingSent, .read, number: further + 1, further: further) == nil)
    }

    @Test(arguments: [(0, 0), (1, 1), (30, 30), (31, nil), (3600, nil)] as [(Int, Int?)])
    func retryAfterReplacesTheWaitUpTo30Seconds(seconds: Int, expected: Int?) {
        #expect(wait(.status(429, retryAfter: .seconds(seconds)), .read) == expected.map { .seconds($0) })
    }
}

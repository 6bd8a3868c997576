import Testing

@testable import Gateway

@Suite struct TokenBucketsTests {
    private let rate = TokenBuckets<String>.Rate(perSecond: 10, burst: 20)

    @Test func allowsTheBurstAndThenTheRate() {
        let buckets = TokenBuckets<String>()
        for _ in 0..<20 { #expect(buckets.take("a", at: rate, now: 0) == nil) }
        #expect(buckets.take("a", at: rate, now: 0) == 0.1)
        #expect(buckets.take("a", at: rate, now: 0.1) == nil)
        #expect(buckets.take("a", at: rate, now: 0.1) != nil)
        for _ in 0..<20 { #expect(buckets.take("a", at: rate, now: 100) == nil) }
        #expect(buckets.take("a", at: rate, now: 100) != nil)
    }

    @Test func oneKeyDoesNotTouchAnother() {
        let buckets = TokenBuckets<String>()
        for _ in 0..<20 { _ = buckets.take("a", at: rate, now: 0) }
        #expect(buckets.take("b", at: rate, now: 0) == nil)
    }

    @Test func delayTakesNothing() {
        let buckets = TokenBuckets<String>()
        let one = TokenBuckets<String>.Rate(perSecond: 1, burst: 1)
        for _ in 0..<5 { #expect(buckets.delay("a", at: one, now: 0) == nil) }
        #expect(buckets.take("a", at: one, now: 0) == nil)
        #expect(buckets.delay("a", at: one, now: 0) == 1)
    }

    @Test func aClockThatGoesBackGivesNothing() {
        let buckets = TokenBuckets<String>()
        for _ in 0..<20 { _ = buckets.take("a", at: rate, now: 10) }
        #expect(buckets.take("a", at: rate, now: 0) != nil)
    }

    @Test func theTableIsBounded() {
        let buckets = TokenBuckets<Int>(capacity: 100)
        let rate = TokenBuckets<Int>.Rate(perSecond: 1, burst: 2)
        for key in 0..<10_000 { #expect(buckets.take(key, at: rate, now: Double(key) / 10_000) == nil) }
        #expect(buckets.count <= 100)
    }

    @Test func fullBucketsAreForgottenFirst() {
        let buckets = TokenBuckets<Int>(capacity: 10)
        let rate = TokenBuckets<Int>.Rate(perSecond: 1, burst: 1)
        for key in 0..<9 { _ = buckets.take(key, at: rate, now: 0) }
        _ = buckets.take(9, at: rate, now: 9.5)
        _ = buckets.take(10, at: rate, now: 10)
        #expect(buckets.take(9, at: rate, now: 10) != nil)
        #expect(buckets.count == 2)
    }
}

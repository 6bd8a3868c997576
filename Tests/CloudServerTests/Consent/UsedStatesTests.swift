import Testing

@testable import CloudServer

/// A state is used once (consent.md §2).
@Suite struct UsedStatesTests {
    private let ada = ApprovalOwner(subject: "ada", tenant: "acme")
    private let bob = ApprovalOwner(subject: "bob", tenant: "acme")

    @Test func theSecondUseIsNoticed() {
        var states = UsedStates()
        #expect(states.use("n", by: ada, until: 120, now: 0) == .first)
        #expect(states.use("n", by: ada, until: 120, now: 0) == .again)
        #expect(states.use("n", by: bob, until: 120, now: 119) == .again)
        #expect(states.use("m", by: ada, until: 120, now: 119) == .first)
    }

    @Test func whatHasExpiredIsForgottenAndStaysExpired() {
        var states = UsedStates()
        #expect(states.use("n", by: ada, until: 120, now: 0) == .first)
        #expect(states.use("m", by: ada, until: 300, now: 120) == .first)
        #expect(states.count == 1)
        #expect(states.use("n", by: ada, until: 120, now: 120) == .expired)
    }

    @Test func aClockThatGoesBackRevivesNothing() {
        var states = UsedStates()
        #expect(states.use("n", by: ada, until: 120, now: 0) == .first)
        #expect(states.use("m", by: ada, until: 1_120, now: 1_000) == .first)
        #expect(states.use("n", by: ada, until: 120, now: 1) == .expired)
    }

    @Test func theTableIsBoundedPerOwnerAndInAll() {
        var states = UsedStates(perOwner: 2, total: 3)
        #expect(states.use("1", by: ada, until: 120, now: 0) == .first)
        #expect(states.use("2", by: ada, until: 120, now: 0) == .first)
        #expect(states.use("3", by: ada, until: 120, now: 0) == .full)
        #expect(states.use("4", by: bob, until: 120, now: 0) == .first)
        #expect(states.use("5", by: bob, until: 120, now: 0) == .full)
        #expect(states.count == 3)
        #expect(states.use("3", by: ada, until: 240, now: 120) == .first)
        #expect(states.count == 1)
    }
}

import AuthCommon
import Synchronization
import Testing

@testable import MCPServer

/// Quotas of sessions that never end work in flight: one test for each rule, without clock and socket.
@Suite struct SessionTableTests {
    private let start = ContinuousClock.now
    private let alice = SessionOwner(Identity(subject: "alice", roles: ["admin"], tenant: "t"))
    private let bob = SessionOwner(Identity(subject: "bob", roles: [], tenant: "t"))
    private let carol = SessionOwner(Identity(subject: "carol", roles: [], tenant: "t"))

    /// A table whose sessions hold their own ids.
    private struct Bench {
        var table: SessionTable<String>
        var inUse: Set<String> = []

        init(limit: Int = 100, limitPerOwner: Int = 3) { table = SessionTable(limit: limit, limitPerOwner: limitPerOwner) }

        /// Adds a session; returns the one that made room.
        mutating func add(_ id: String, _ owner: SessionOwner, now: ContinuousClock.Instant = .now) throws -> String? {
            let inUse = inUse
            return try table.add(id, id, of: owner, now: now) { inUse.contains($0) }
        }

        mutating func add(_ ids: [String], _ owner: SessionOwner) throws {
            for id in ids { #expect(try add(id, owner) == nil) }
        }

        func has(_ id: String) -> Bool { table.ids.contains(id) }
    }

    @Test func ownersAreSubjectAndTenantWhateverTheirRoles() {
        #expect(alice == SessionOwner(Identity(subject: "alice", roles: [], tenant: "t", tokenExpiry: 7)))
        #expect(alice != SessionOwner(Identity(subject: "alice", roles: ["admin"], tenant: "u")))
        #expect(
            SessionOwner(Identity(subject: "at", roles: [], tenant: "")) != SessionOwner(Identity(subject: "a", roles: [], tenant: "t"))
        )
    }

    @Test func belowTheQuotaNothingEnds() throws {
        var bench = Bench()
        try bench.add(["a1", "a2", "a3"], alice)
        try bench.add(["b1", "b2", "b3"], bob)
        #expect(bench.table.count == 6)
    }

    @Test func atTheQuotaTheLeastRecentlyUsedOfOnesOwnMakesRoom() throws {
        var bench = Bench()
        try bench.add(["a1", "a2", "a3"], alice)
        #expect(bench.table.use("a1", by: alice, now: start) == "a1")
        #expect(try bench.add("a4", alice) == "a2")
        #expect(try bench.add("a5", alice) == "a3")
        #expect(Set(bench.table.ids) == ["a1", "a4", "a5"])
        #expect(bench.table.count(of: alice) == 3)
    }

    @Test func useByAStrangerIsNone() throws {
        var bench = Bench()
        try bench.add(["a1", "a2", "a3"], alice)
        #expect(bench.table.use("a1", by: bob, now: start, holding: true) == nil)
        #expect(try bench.add("a4", alice) == "a1")
    }

    @Test func whatIsInUseNeverMakesRoom() throws {
        var bench = Bench()
        try bench.add(["a1", "a2", "a3"], alice)
        bench.inUse = ["a1", "a2"]
        #expect(try bench.add("a4", alice) == "a3")
    }

    @Test func whatARequestHoldsNeverMakesRoomUntilAllHaveReleasedIt() throws {
        var bench = Bench(limitPerOwner: 1)
        try bench.add(["a1"], alice)
        for _ in 0..<2 { #expect(bench.table.use("a1", by: alice, now: start, holding: true) == "a1") }
        for _ in 0..<2 {
            #expect(throws: SessionTable<String>.Refusal.ownerLimit(1)) { try bench.add("a2", alice) }
            bench.table.release("a1")
        }
        #expect(try bench.add("a2", alice) == "a1")
        bench.table.release("a1")
        bench.table.release("a2")
        #expect(try bench.add("a3", alice) == "a2", "releasing too often is nothing")
    }

    @Test func whoHasAllInUseIsRefusedAndNothingChanges() throws {
        var bench = Bench()
        try bench.add(["a1", "a2", "a3"], alice)
        try bench.add(["b1"], bob)
        bench.inUse = ["a1", "a2", "a3"]
        #expect(throws: SessionTable<String>.Refusal.ownerLimit(3)) { try bench.add("a4", alice) }
        #expect(bench.table.count(of: alice) == 3)
        #expect(bench.table.count == 4)
        #expect(!bench.has("a4"))
    }

    @Test func othersAreNeverTouchedByAQuota() throws {
        var bench = Bench()
        try bench.add(["b1", "b2", "b3"], bob)
        for number in 0..<50 { _ = try bench.add("a\(number)", alice) }
        #expect(bench.table.count(of: bob) == 3)
        #expect(bench.table.count(of: alice) == 3)
    }

    @Test func closingASessionMakesRoom() throws {
        var bench = Bench()
        try bench.add(["a1", "a2", "a3"], alice)
        bench.inUse = ["a1", "a2", "a3"]
        #expect(bench.table.remove("a2") == "a2")
        #expect(try bench.add("a4", alice) == nil)
    }

    @Test func fullTableTakesFromTheOwnerWithTheMost() throws {
        var bench = Bench(limit: 6, limitPerOwner: 4)
        try bench.add(["b1"], bob)
        try bench.add(["a1", "a2", "a3", "a4"], alice)
        try bench.add(["c1"], carol)
        bench.inUse = ["a1"]
        #expect(try bench.add("b2", bob) == "a2")
        #expect(bench.table.count == 6)
    }

    @Test func fullTableTakesFromNobodyWhoWouldHaveFewerThanTheCaller() throws {
        var bench = Bench(limit: 3, limitPerOwner: 3)
        try bench.add(["a1", "a2"], alice)
        try bench.add(["b1"], bob)
        #expect(try bench.add("b2", bob) == "b1", "one's own, or the two would take turns")
        #expect(bench.table.count(of: alice) == 2)
    }

    @Test func fullTableTakesNobodysOnlySession() throws {
        var bench = Bench(limit: 2)
        try bench.add(["a1"], alice)
        try bench.add(["b1"], bob)
        #expect(throws: SessionTable<String>.Refusal.full) { try bench.add("c1", carol) }
        #expect(bench.table.count == 2)
    }

    @Test func fullTableWithoutAnIdleSessionRefuses() throws {
        var bench = Bench(limit: 4)
        try bench.add(["a1", "a2", "a3"], alice)
        try bench.add(["b1"], bob)
        bench.inUse = ["a1", "a2", "a3", "b1"]
        #expect(throws: SessionTable<String>.Refusal.full) { try bench.add("b2", bob) }
        bench.inUse = ["a1", "a2", "a3"]
        #expect(try bench.add("b2", bob) == "b1", "one's own idle one still makes room")
    }

    @Test func idleSessionsExpireAndUsedOnesDoNot() throws {
        var bench = Bench(limitPerOwner: 4)
        for id in ["idle", "used", "held", "read"] { _ = try bench.add(id, alice, now: start) }
        _ = bench.table.use("used", by: alice, now: start + .seconds(50))
        _ = bench.table.use("held", by: alice, now: start, holding: true)
        let expired = bench.table.expire(.seconds(60), now: start + .seconds(61)) { $0 == "read" }
        #expect(expired == ["idle"])
        #expect(bench.table.count(of: alice) == 3)
    }

    @Test func countsReturnToZero() throws {
        var bench = Bench(limit: 20, limitPerOwner: 5)
        var generator = SystemRandomNumberGenerator()
        for number in 0..<2_000 {
            let owner = [alice, bob, carol][Int.random(in: 0..<3, using: &generator)]
            _ = try bench.add("\(number)", owner, now: start)
            if Bool.random(using: &generator), let id = bench.table.ids.randomElement(using: &generator) { _ = bench.table.remove(id) }
            #expect([alice, bob, carol].map { bench.table.count(of: $0) }.reduce(0, +) == bench.table.count)
        }
        _ = bench.table.expire(.zero, now: start + .seconds(1)) { _ in Bool.random() }
        for id in bench.table.ids {
            _ = bench.table.remove(id)
            _ = bench.table.remove(id)
        }
        #expect(bench.table.isEmpty)
    }

    @Test func theOwnerWithTheMostIsKnownAfterEveryStep() {
        var ranks = OwnerRanks()
        var counts: [SessionOwner: Int] = [:]
        for number in 0..<2_000 {
            let owner = [alice, bob, carol][(number &* 2_654_435_761 >> 7) % 3]
            if number < 1_000 || counts[owner, default: 0] == 0 {
                ranks.increment(owner)
                counts[owner, default: 0] += 1
            } else {
                ranks.decrement(owner)
                counts[owner, default: 0] -= 1
            }
            #expect(ranks.top?.count ?? 0 == counts.values.max())
            #expect(ranks.top.map { counts[$0.owner] == $0.count } ?? true)
        }
    }
}

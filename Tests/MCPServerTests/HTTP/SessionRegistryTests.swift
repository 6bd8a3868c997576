import AuthCommon
import JSONRPC
import Testing

@testable import MCPServer

@Suite struct SessionRegistryTests {
    private let start = ContinuousClock.now

    @Test func idsAreLongAndDistinct() throws {
        let registry = SessionRegistry(limit: 1000, idleTime: .seconds(60))
        let ids = try (0..<500).map { _ in try #require(registry.open(for: Fixture.identity)).id }
        #expect(Set(ids).count == 500)
        #expect(ids.allSatisfy { $0.utf8.count == 32 && $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } })
    }

    @Test(arguments: [("other", "t1"), ("sub", "t2")])
    func foreignSessionsAreAsGoodAsNone(_ subject: String, _ tenant: String) throws {
        let registry = SessionRegistry(limit: 10, idleTime: .seconds(60))
        let session = try #require(registry.open(for: Fixture.identity))
        let stranger = Identity(subject: subject, roles: ["admin"], tenant: tenant)
        #expect(registry.session(session.id, for: stranger) == nil)
        #expect(registry.session(session.id, for: Fixture.identity) === session)
    }

    @Test func refusesMoreThanTheLimit() {
        let registry = SessionRegistry(limit: 1, idleTime: .seconds(60))
        #expect(registry.open(for: Fixture.identity) != nil)
        #expect(registry.open(for: Fixture.identity) == nil)
    }

    @Test func idleSessionsEndAndUsedOnesStay() throws {
        let registry = SessionRegistry(limit: 10, idleTime: .seconds(60))
        let idle = try #require(registry.open(for: Fixture.identity, now: start))
        let used = try #require(registry.open(for: Fixture.identity, now: start))
        #expect(registry.session(used.id, for: Fixture.identity, now: start + .seconds(50)) != nil)
        registry.sweep(now: start + .seconds(61))
        #expect(registry.session(idle.id, for: Fixture.identity) == nil)
        #expect(registry.session(used.id, for: Fixture.identity) != nil)
    }

    @Test func sessionsWithAStreamDoNotIdle() throws {
        let registry = SessionRegistry(limit: 10, idleTime: .seconds(60))
        let session = try #require(registry.open(for: Fixture.identity, now: start))
        #expect(registry.takeStream(session.id) != nil)
        #expect(registry.takeStream(session.id) == nil, "one stream at a time")
        registry.sweep(now: start + .seconds(3600))
        #expect(registry.session(session.id, for: Fixture.identity) != nil)
        registry.releaseStream(session.id, now: start)
        #expect(registry.takeStream(session.id) != nil)
    }

    @Test func closingCancelsWhatRuns() async throws {
        let registry = SessionRegistry(limit: 10, idleTime: .seconds(60))
        let session = try #require(registry.open(for: Fixture.identity))
        await confirmation { cancelled in
            #expect(session.begin(.string("1")) { cancelled() } == .started)
            registry.close(session.id)
        }
        #expect(session.begin(.string("2")) {} == .closed)
        #expect(session.end(.string("1")), "nobody is left to answer")
    }
}

import AuthCommon
import JSONRPC
import Testing

@testable import MCPServer

@Suite struct SessionRegistryTests {
    private let start = ContinuousClock.now

    @Test func idsAreLongAndDistinct() throws {
        let registry = SessionRegistry(limit: 1000, idleTime: .seconds(60))
        let ids = try (0..<500).map { _ in try #require(registry.open(for: Fixture.identity, numbered: true)).0.id }
        #expect(Set(ids).count == 500)
        #expect(ids.allSatisfy { $0.utf8.count == 32 && $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } })
    }

    @Test(arguments: [("other", "t1"), ("sub", "t2")])
    func foreignSessionsAreAsGoodAsNone(_ subject: String, _ tenant: String) throws {
        let registry = SessionRegistry(limit: 10, idleTime: .seconds(60))
        let session = try #require(registry.open(for: Fixture.identity, numbered: true)).0
        let stranger = Identity(subject: subject, roles: ["admin"], tenant: tenant)
        #expect(registry.session(session.id, for: stranger) == nil)
        #expect(registry.session(session.id, for: Fixture.identity)?.0 === session)
    }

    @Test func refusesMoreThanTheLimit() {
        let registry = SessionRegistry(limit: 1, idleTime: .seconds(60))
        #expect(registry.open(for: Fixture.identity, numbered: true) != nil)
        #expect(registry.open(for: Fixture.identity, numbered: true) == nil)
    }

    @Test func idleSessionsEndAndUsedOnesStay() throws {
        let registry = SessionRegistry(limit: 10, idleTime: .seconds(60))
        let idle = try #require(registry.open(for: Fixture.identity, numbered: true, now: start)).0
        let used = try #require(registry.open(for: Fixture.identity, numbered: true, now: start)).0
        #expect(registry.session(used.id, for: Fixture.identity, now: start + .seconds(50)) != nil)
        registry.sweep(now: start + .seconds(61))
        #expect(registry.session(idle.id, for: Fixture.identity) == nil)
        #expect(registry.session(used.id, for: Fixture.identity) != nil)
    }

    @Test func sessionsWithAReaderDoNotIdle() throws {
        let registry = SessionRegistry(limit: 10, idleTime: .seconds(60))
        let (session, streams) = try #require(registry.open(for: Fixture.identity, numbered: true, now: start))
        let (_, reader) = streams.own.attach()
        registry.sweep(now: start + .seconds(3600))
        #expect(registry.session(session.id, for: Fixture.identity, now: start) != nil)
        streams.own.detach(reader)
        registry.sweep(now: start + .seconds(3600))
        #expect(registry.session(session.id, for: Fixture.identity) == nil)
    }

    @Test func closingCancelsWhatRuns() async throws {
        let registry = SessionRegistry(limit: 10, idleTime: .seconds(60))
        let session = try #require(registry.open(for: Fixture.identity, numbered: true)).0
        await confirmation { cancelled in
            #expect(session.begin(.string("1")) { cancelled() } == .started)
            registry.close(session.id)
        }
        #expect(session.begin(.string("2")) {} == .closed)
        #expect(session.end(.string("1")), "nobody is left to answer")
    }
}

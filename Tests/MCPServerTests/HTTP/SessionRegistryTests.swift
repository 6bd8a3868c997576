import AuthCommon
import JSONRPC
import MCP
import Testing

@testable import MCPServer

@Suite struct SessionRegistryTests {
    private let start = ContinuousClock.now

    @Test func idsAreLongAndDistinct() throws {
        let registry = SessionRegistry(limit: 1000, limitPerOwner: 1000, idleTime: .seconds(60))
        let ids = try (0..<500).map { _ in try registry.open(for: Fixture.identity, numbered: true).0.id }
        #expect(Set(ids).count == 500)
        #expect(ids.allSatisfy { $0.utf8.count == 32 && $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } })
    }

    @Test(arguments: [("other", "t1"), ("sub", "t2")])
    func foreignSessionsAreAsGoodAsNone(_ subject: String, _ tenant: String) throws {
        let registry = SessionRegistry(limit: 10, limitPerOwner: 10, idleTime: .seconds(60))
        let session = try registry.open(for: Fixture.identity, numbered: true).0
        let stranger = Identity(subject: subject, roles: ["admin"], tenant: tenant)
        #expect(registry.session(session.id, for: stranger) == nil)
        #expect(registry.session(session.id, for: Fixture.identity)?.0 === session)
    }

    private func refusal(_ registry: SessionRegistry, _ identity: Identity = Fixture.identity, numbered: Bool = true) -> SessionRegistry
        .Refusal?
    {
        do {
            _ = try registry.open(for: identity, numbered: numbered)
            return nil
        } catch {
            return error
        }
    }

    @Test func sessionThatMakesRoomEndsWithItsStreams() throws {
        let registry = SessionRegistry(limit: 10, limitPerOwner: 1, idleTime: .seconds(60))
        let (first, streams) = try registry.open(for: Fixture.identity, numbered: true)
        let second = try registry.open(for: Fixture.identity, numbered: true).0
        #expect(first.begin(.string("1")) {} == .closed)
        #expect(streams.own.isFinished)
        #expect(registry.session(first.id, for: Fixture.identity) == nil)
        #expect(registry.session(second.id, for: Fixture.identity) != nil)
    }

    @Test func sessionWithAReaderMakesNoRoom() throws {
        let registry = SessionRegistry(limit: 10, limitPerOwner: 1, idleTime: .seconds(60))
        let (_, streams) = try registry.open(for: Fixture.identity, numbered: true)
        let (_, reader) = streams.own.attach()
        #expect(refusal(registry) == .ownerLimit(1))
        streams.own.detach(reader)
        #expect(refusal(registry) == nil)
    }

    @Test func sessionWithARunningRequestMakesNoRoom() throws {
        let registry = SessionRegistry(limit: 10, limitPerOwner: 1, idleTime: .seconds(60))
        let session = try registry.open(for: Fixture.identity, numbered: true).0
        #expect(session.begin(.string("1")) { Issue.record("it was ended") } == .started)
        #expect(refusal(registry) == .ownerLimit(1))
        #expect(!session.end(.string("1")))
        #expect(refusal(registry) == nil)
    }

    @Test func sessionWithAnAnswerThatNobodyFetchedMakesNoRoom() throws {
        let registry = SessionRegistry(limit: 10, limitPerOwner: 1, idleTime: .seconds(60))
        let (_, streams) = try registry.open(for: Fixture.identity, numbered: true)
        let stream = streams.open(.v2025_11_25)
        streams.keep(stream)
        #expect(refusal(registry) == .ownerLimit(1), "the answer is to come")
        stream.send(Array("1".utf8))
        stream.finish()
        #expect(refusal(registry) == .ownerLimit(1), "the client may come back for it")
        _ = stream.attach(after: 0)
        #expect(refusal(registry) == nil)
    }

    @Test func sessionThatARequestHoldsMakesNoRoom() throws {
        let registry = SessionRegistry(limit: 10, limitPerOwner: 1, idleTime: .seconds(60))
        let session = try registry.open(for: Fixture.identity, numbered: true).0
        #expect(registry.session(session.id, for: Fixture.identity, holding: true) != nil)
        #expect(refusal(registry) == .ownerLimit(1))
        registry.release(session)
        #expect(refusal(registry) == nil)
    }

    @Test func sessionOfHTTPWithSSEIsItsStreamAndMakesNoRoom() throws {
        let registry = SessionRegistry(limit: 10, limitPerOwner: 1, idleTime: .seconds(60))
        let session = try registry.open(for: Fixture.identity, numbered: false).0
        #expect(refusal(registry) == .ownerLimit(1))
        #expect(refusal(registry, numbered: false) == .ownerLimit(1), "both transports count alike")
        registry.close(session.id)
        #expect(refusal(registry, numbered: false) == nil)
    }

    @Test func refusedSessionHasEnded() throws {
        let registry = SessionRegistry(limit: 10, limitPerOwner: 1, idleTime: .seconds(60))
        _ = try registry.open(for: Fixture.identity, numbered: false)
        let member = SessionRegistry.make(for: Fixture.identity, numbered: true)
        #expect(throws: SessionRegistry.Refusal.ownerLimit(1)) { try registry.admit(member, of: Fixture.identity) }
        #expect(member.session.begin(.string("1")) {} == .closed)
        #expect(member.streams.own.isFinished)
        #expect(registry.count == 1)
    }

    @Test func fullTableRefusesWhoeverComes() throws {
        let registry = SessionRegistry(limit: 1, limitPerOwner: 1, idleTime: .seconds(60))
        _ = try registry.open(for: Fixture.identity, numbered: false)
        #expect(refusal(registry, Identity(subject: "other", roles: [], tenant: "t1")) == .full)
    }

    @Test(.timeLimit(.minutes(1))) func countsAreExactUnderConcurrency() async throws {
        let registry = SessionRegistry(limit: 40, limitPerOwner: 5, idleTime: .zero)
        let owners = (0..<12).map { Identity(subject: "s\($0)", roles: [], tenant: "") }
        await withTaskGroup { group in
            for worker in 0..<16 {
                group.addTask {
                    for step in 0..<400 {
                        let owner = owners[(worker + step) % owners.count]
                        guard let session = try? registry.open(for: owner, numbered: step % 3 > 0).0 else { continue }
                        if step % 2 == 0 { _ = registry.session(session.id, for: owner, holding: true) }
                        if step % 4 == 0 { registry.release(session) }
                        if step % 5 > 0 { registry.close(session.id) }
                        if step % 50 == 0 { registry.sweep() }
                    }
                }
            }
        }
        #expect(registry.count <= 40)
        registry.sweep(now: .now + .seconds(1))
        registry.closeAll()
        #expect(registry.isEmpty)
    }

    @Test func idleSessionsEndAndUsedOnesStay() throws {
        let registry = SessionRegistry(limit: 10, limitPerOwner: 10, idleTime: .seconds(60))
        let idle = try registry.open(for: Fixture.identity, numbered: true, now: start).0
        let used = try registry.open(for: Fixture.identity, numbered: true, now: start).0
        #expect(registry.session(used.id, for: Fixture.identity, now: start + .seconds(50)) != nil)
        registry.sweep(now: start + .seconds(61))
        #expect(registry.session(idle.id, for: Fixture.identity) == nil)
        #expect(registry.session(used.id, for: Fixture.identity) != nil)
    }

    @Test func sessionsWithAReaderDoNotIdle() throws {
        let registry = SessionRegistry(limit: 10, limitPerOwner: 10, idleTime: .seconds(60))
        let (session, streams) = try registry.open(for: Fixture.identity, numbered: true, now: start)
        let (_, reader) = streams.own.attach()
        registry.sweep(now: start + .seconds(3600))
        #expect(registry.session(session.id, for: Fixture.identity, now: start) != nil)
        streams.own.detach(reader)
        registry.sweep(now: start + .seconds(3600))
        #expect(registry.session(session.id, for: Fixture.identity) == nil)
    }

    @Test func closingCancelsWhatRuns() async throws {
        let registry = SessionRegistry(limit: 10, limitPerOwner: 10, idleTime: .seconds(60))
        let session = try registry.open(for: Fixture.identity, numbered: true).0
        await confirmation { cancelled in
            #expect(session.begin(.string("1")) { cancelled() } == .started)
            registry.close(session.id)
        }
        #expect(session.begin(.string("2")) {} == .closed)
        #expect(session.end(.string("1")), "nobody is left to answer")
    }
}

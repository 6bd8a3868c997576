import AuthCommon
import Crypto
import Testing

@testable import Gateway

@Suite struct SessionSealerTests {
    private let sealer = SessionSealer(key: SymmetricKey(data: Array(repeating: UInt8(7), count: 32)))
    private let binding = SessionBinding(subject: "alice", tenant: "acme", service: "ecs", mountPath: "/ecs")

    private func id(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test(arguments: ["a", "0123456789abcdef0123456789abcdef", "x.y-z_~!", String(repeating: "z", count: 1_024)])
    func opensWhatItSealed(_ text: String) throws {
        let wrapped = try #require(sealer.seal(id(text), for: binding))
        #expect(sealer.open(id(wrapped), for: binding) == id(text))
        #expect(!wrapped.contains(text) || text.count < 4)
        #expect(wrapped.utf8.allSatisfy { "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8.contains($0) })
    }

    @Test func theSameSessionHasTheSameID() {
        #expect(sealer.seal(id("abc"), for: binding) == sealer.seal(id("abc"), for: binding))
        #expect(sealer.seal(id("abc"), for: binding) != sealer.seal(id("abd"), for: binding))
    }

    @Test func anotherReplicaWithTheSameKeyOpensIt() throws {
        let other = SessionSealer(key: SymmetricKey(data: Array(repeating: UInt8(7), count: 32)))
        #expect(other.open(id(try #require(sealer.seal(id("abc"), for: binding))), for: binding) == id("abc"))
    }

    @Test func anotherKeyDoesNotOpenIt() throws {
        let other = SessionSealer(key: SymmetricKey(data: Array(repeating: UInt8(8), count: 32)))
        #expect(other.open(id(try #require(sealer.seal(id("abc"), for: binding))), for: binding) == nil)
    }

    @Test(
        "bound to subject, tenant and mount",
        arguments: [
            SessionBinding(subject: "bob", tenant: "acme", service: "ecs", mountPath: "/ecs"),
            SessionBinding(subject: "alice", tenant: "", service: "ecs", mountPath: "/ecs"),
            SessionBinding(subject: "alice", tenant: "acme", service: "cts", mountPath: "/ecs"),
            SessionBinding(subject: "alice", tenant: "acme", service: "ecs", mountPath: "/ecs2"),
            SessionBinding(subject: "alicea", tenant: "cme", service: "ecs", mountPath: "/ecs"),
            SessionBinding(subject: "aliceacme", tenant: "", service: "ecs", mountPath: "/ecs"),
        ]
    )
    func isBound(_ other: SessionBinding) throws {
        #expect(sealer.open(id(try #require(sealer.seal(id("abc"), for: binding))), for: other) == nil)
    }

    @Test func everyAlterationIsNoticed() throws {
        let wrapped = id(try #require(sealer.seal(id("0123456789abcdef"), for: binding)))
        for place in wrapped.indices {
            for byte in [UInt8(ascii: "A"), UInt8(ascii: "B"), UInt8(ascii: "_"), UInt8(ascii: "="), UInt8(ascii: "+")]
            where byte != wrapped[place] {
                var altered = wrapped
                altered[place] = byte
                #expect(sealer.open(altered, for: binding) == nil)
            }
        }
        #expect(sealer.open(wrapped + [UInt8(ascii: "=")], for: binding) == nil)
        #expect(sealer.open(wrapped + [UInt8(ascii: "A")], for: binding) == nil)
        #expect(sealer.open(Array(wrapped.dropLast()), for: binding) == nil)
    }

    @Test(arguments: ["", "abc", "0123456789abcdef0123456789abcdef", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
    func foreignIDsAreNotFound(_ text: String) {
        #expect(sealer.open(id(text), for: binding) == nil)
    }

    @Test func unusableIDsOfServersAreRefused() {
        #expect(sealer.seal([], for: binding) == nil)
        #expect(sealer.seal(id("a b"), for: binding) == nil)
        #expect(sealer.seal(id("a\r\nb"), for: binding) == nil)
        #expect(sealer.seal(id("é"), for: binding) == nil)
        #expect(sealer.seal(Array(repeating: 65, count: 1_025), for: binding) == nil)
    }

    @Test(
        "gateway.md §9.3: revisions without sessions",
        arguments: [
            ("2026-07-28", true), ("2026-07-29", true), ("2026-08-01", true), ("2027-01-01", true), ("9999-99-99", true),
            ("2026-07-27", false),
            ("2025-11-25", false), ("2024-11-05", false), ("", false), ("latest", false), ("2026-07-28 ", false), ("2026-7-28", false),
            ("9", false), ("zzzz-zz-zz", false), ("2026-07-28x", false), ("2027/01/01", false),
        ]
    )
    func revisions(_ text: String, _ expected: Bool) {
        let bytes = id(text)
        let hasNone = ProtocolRevision.hasNoSessions(bytes.span, 0..<bytes.count)
        #expect(hasNone == expected)
    }
}

import Synchronization
import Testing

@testable import Gateway

@Suite struct UpstreamDirectoryTests {
    @Test("managed servers begin without address; external ones are taken for ready") func beginning() {
        let directory = UpstreamDirectory()
        directory.addManaged("a")
        directory.addExternal("b", .unix(path: "/x"))
        #expect(directory.upstream(of: "a") == Upstream(service: "a", address: nil, state: .starting))
        #expect(directory.upstream(of: "b") == Upstream(service: "b", address: .unix(path: "/x"), state: .ready))
        #expect(directory.upstream(of: "c") == nil)
        #expect(directory.all.map(\.service) == ["a", "b"])
    }

    @Test("connections tell about external services only, and changes are reported once") func connections() {
        let changes = Mutex<[String]>([])
        let directory = UpstreamDirectory { service, state in changes.withLock { $0.append("\(service) \(state)") } }
        directory.addManaged("a")
        directory.addExternal("b", .unix(path: "/x"))
        for succeeded in [false, false, true, true] {
            directory.noteConnection(to: "a", succeeded: succeeded)
            directory.noteConnection(to: "b", succeeded: succeeded)
            #expect(directory.unreachable.isEmpty == succeeded)
        }
        #expect(changes.withLock { $0 } == ["b unreachable", "b ready"])
        #expect(directory.upstream(of: "a")?.state == .starting)
    }

    @Test("draining is the state of everything") func draining() {
        let directory = UpstreamDirectory()
        directory.addManaged("a")
        directory.update("a", state: .ready)
        #expect(directory.isReady)
        directory.beginDraining()
        #expect(directory.upstream(of: "a")?.state == .draining)
        #expect(!directory.isReady)
    }

    @Test("order and removal") func order() {
        let directory = UpstreamDirectory()
        for name in ["a", "b", "c"] { directory.addManaged(name) }
        directory.arrange(["c", "x", "a", "b"])
        #expect(directory.all.map(\.service) == ["c", "a", "b"])
        directory.remove("a")
        #expect(directory.all.map(\.service) == ["c", "b"])
    }

    @Test(
        "the Host of an upstream",
        arguments: [
            (UpstreamAddress.tcp(host: "127.0.0.1", port: 1), "127.0.0.1:1"), (.tcp(host: "::1", port: 2), "[::1]:2"),
            (.unix(path: "/x"), "localhost"),
        ]
    )
    func hostHeader(address: UpstreamAddress, expected: String) { #expect(address.hostHeader == expected) }

    @Test("an unreachable service is tried again", .timeLimit(.minutes(1))) func prober() async {
        let directory = UpstreamDirectory()
        directory.addExternal("b", .tcp(host: "127.0.0.1", port: 1))
        let prober = UpstreamProber(directory: directory, connectTimeout: 1)
        await prober.attempt(Upstream(service: "b", address: .tcp(host: "127.0.0.1", port: 1), state: .unreachable))
        #expect(directory.unreachable.map(\.service) == ["b"])
    }
}

import JSONRPC
import Synchronization
import Testing

@testable import Gateway

@Suite struct KeySetRefresherTests {
    @Test("fetches, keeps the last good keys, and wakes who waits", .timeLimit(.minutes(1))) func refreshes() async throws {
        let keys = KeyStore()
        let fetcher = ScriptedFetcher([try document("k1"), nil, try document("k2")])
        let time = Mutex(1_000.0)
        let recorder = LogRecorder()
        let refresher = KeySetRefresher(keys: keys, fetcher: fetcher, log: recorder.log) { time.withLock { $0 } }
        keys.attach(refresher)
        let task = Task { await refresher.run() }
        defer { task.cancel() }

        // At the start nobody knows a key: the first caller waits for the fetch that begins anyway.
        while !keys.hasKeys { await Task.yield() }
        #expect(keys.current.keys.set.map(\.id) == ["k1"])

        // A failed fetch keeps the keys.
        time.withLock { $0 += 100 }
        await wait(refresher.refreshForUnknownKey(now: 1_100))
        #expect(keys.current.keys.set.map(\.id) == ["k1"])
        #expect(refresher.refreshForUnknownKey(now: 1_110) == nil)
        #expect(recorder.records(of: "jwks-failed").count == 1)
        #expect((refresher.health.isHealthy, refresher.health.failures, refresher.health.lastFailure) == (false, 1, 1_100))

        time.withLock { $0 += 40 }
        await wait(refresher.refreshForUnknownKey(now: 1_140))
        #expect(keys.current.keys.set.map(\.id) == ["k2"])
        #expect(recorder.records(of: "jwks-refreshed").count == 2)
        #expect(refresher.age == 0)
        #expect((refresher.health.isHealthy, refresher.health.failures, refresher.health.lastSuccess) == (true, 1, 1_140))
    }

    @Test("fetches when it is asked to, and keeps the last good keys until then", .timeLimit(.minutes(1))) func refetches() async throws {
        let keys = KeyStore()
        let fetcher = ScriptedFetcher([nil, try document("k1"), nil, try document("k2")])
        let recorder = LogRecorder()
        let refresher = KeySetRefresher(keys: keys, fetcher: fetcher, log: recorder.log) { 1_000 }
        let task = Task { await refresher.run() }
        defer { task.cancel() }
        while recorder.records(of: "jwks-failed").isEmpty { await Task.yield() }
        refresher.refetch()
        while !keys.hasKeys { await Task.yield() }
        while refresher.age == nil { await Task.yield() }
        refresher.refetch()
        while recorder.records(of: "jwks-failed").count < 2 || refresher.health.isHealthy { await Task.yield() }
        #expect(keys.current.keys.set.map(\.id) == ["k1"])
        refresher.refetch()
        while keys.current.keys.set.map(\.id) != ["k2"] { await Task.yield() }
    }

    private func document(_ id: String) throws -> [UInt8] {
        (["keys": .array([try TestKeys.jwk(["kid": .string(id)])])] as JSONValue).bytes()
    }

    private func wait(_ refresh: KeyRefresh?) async {
        guard let refresh else {
            Issue.record("no refresh")
            return
        }
        await withCheckedContinuation { continuation in refresh.whenOver { continuation.resume() } }
    }
}

/// Gives documents in turn; nil is a failure.
private final class ScriptedFetcher: KeySetFetching {
    private let script: Mutex<[[UInt8]?]>

    init(_ script: [[UInt8]?]) { self.script = Mutex(script) }

    func fetch() async throws -> (document: [UInt8], maxAge: Double?) {
        let next = script.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let next else { throw TestFailure("down") }
        return (next, nil)
    }
}

@Suite struct KeyRefreshTests {
    @Test("calls everyone once, late comers at once") func callbacks() {
        let refresh = KeyRefresh()
        let count = Mutex(0)
        refresh.whenOver { count.withLock { $0 += 1 } }
        refresh.whenOver { count.withLock { $0 += 10 } }
        #expect(count.withLock { $0 } == 0)
        refresh.finish()
        #expect(count.withLock { $0 } == 11)
        refresh.finish()
        #expect(count.withLock { $0 } == 11)
        refresh.whenOver { count.withLock { $0 += 100 } }
        #expect(count.withLock { $0 } == 111)
    }
}

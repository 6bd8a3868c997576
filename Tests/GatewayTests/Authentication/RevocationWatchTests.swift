import JSONRPC
import ProcessSupport
import Synchronization
import Testing

@testable import Gateway

@Suite struct RevocationWatchTests {
    /// A file that the test changes.
    private final class File: Sendable {
        private struct State {
            var text: String? = #"{"jti":["a"]}"#
            var stamp: FileStamp? = FileStamp(modified: 100, size: 1)
            var reads = 0
        }

        private let state = Mutex(State())

        var reads: Int { state.withLock { $0.reads } }
        var stamp: FileStamp? { state.withLock { $0.stamp } }

        func put(_ text: String?, stamp: FileStamp?) {
            state.withLock { state in
                state.text = text
                state.stamp = stamp
            }
        }

        func read(_ path: String) throws(FileReadError) -> [UInt8] {
            let text = state.withLock { state in
                state.reads += 1
                return state.text
            }
            guard let text else { throw FileReadError(path: path, problem: .notFound) }
            return Array(text.utf8)
        }
    }

    private let file = File()
    private static let first = RevocationList(tokenIDs: [ExactText("a")])

    private func look(_ watch: inout RevocationWatch, _ now: Double) -> RevocationWatch.Finding {
        watch.look(now: now, stamp: { _ in file.stamp }, readFile: { path throws(FileReadError) in try file.read(path) })
    }

    @Test("a file that does not change is not read again, once its stamp is old enough to be trusted") func settled() {
        var watch = RevocationWatch(path: "r.json", list: Self.first)
        #expect(look(&watch, 101) == .unchanged)
        #expect(look(&watch, 102) == .unchanged)
        #expect(file.reads == 2)
        #expect(look(&watch, 103) == .unchanged)
        #expect(look(&watch, 104) == .unchanged)
        #expect(file.reads == 3)
    }

    @Test("it is known when the file was read last, and when it could not be") func health() {
        var watch = RevocationWatch(path: "r.json", list: Self.first, loaded: 90)
        #expect(watch.health.isHealthy)
        _ = look(&watch, 100.5)
        #expect(watch.health.lastSuccess == 100.5)
        file.put(nil, stamp: nil)
        _ = look(&watch, 101)
        _ = look(&watch, 102)
        #expect(!watch.health.isHealthy)
        #expect(watch.health.failures == 2)
        #expect(watch.health.lastFailure == 102)
        file.put(#"{"jti":["b"]}"#, stamp: FileStamp(modified: 102, size: 1))
        _ = look(&watch, 103)
        #expect(watch.health.isHealthy)
        #expect(watch.health.lastSuccess == 103)
    }

    @Test("a change is found, also one that leaves the same stamp within two seconds") func change() {
        var watch = RevocationWatch(path: "r.json", list: Self.first)
        #expect(look(&watch, 100.5) == .unchanged)
        file.put(#"{"jti":["b"]}"#, stamp: FileStamp(modified: 100, size: 1))
        #expect(look(&watch, 101.5) == .changed(RevocationList(tokenIDs: [ExactText("b")])))
        #expect(look(&watch, 200) == .unchanged)
        file.put("{}", stamp: FileStamp(modified: 150, size: 2))
        #expect(look(&watch, 201) == .changed(RevocationList()))
        file.put(#"{"sub":["x"]}"#, stamp: FileStamp(modified: 150, size: 2, inode: 7))
        #expect(look(&watch, 202) == .changed(RevocationList(subjects: [ExactText("x")])))
    }

    @Test("a bad file keeps the last good list, and is told once") func bad() {
        var watch = RevocationWatch(path: "r.json", list: Self.first)
        file.put("{", stamp: FileStamp(modified: 150))
        guard case .failed(let problem) = look(&watch, 151) else { return #expect(Bool(false)) }
        #expect(problem.hasPrefix("r.json: malformed JSON"))
        #expect(!watch.isHealthy)
        #expect(look(&watch, 152) == .unchanged)
        file.put(nil, stamp: nil)
        #expect(look(&watch, 153) == .failed("r.json: not found"))
        #expect(look(&watch, 154) == .unchanged)
        // The same list again ends the failure, and is told.
        file.put(#"{"jti":["a"]}"#, stamp: FileStamp(modified: 160))
        #expect(look(&watch, 170) == .changed(Self.first))
        #expect(watch.isHealthy)
        #expect(look(&watch, 171) == .unchanged)
    }

    @Test("the watcher puts a change in force and logs it") func watcher() async throws {
        let store = RevocationStore(Self.first)
        let log = LogRecorder()
        let file = file
        let watcher = RevocationWatcher(
            path: "r.json",
            store: store,
            log: log.log,
            readFile: { path throws(FileReadError) in try file.read(path) },
            now: { 100 }
        )
        file.put(#"{"sub":["x","y"]}"#, stamp: FileStamp(modified: 90))
        watcher.look { _ in file.stamp }
        #expect(store.current.revokes(subject: "x", tokenID: nil))
        #expect(log.records(of: "revocations-loaded").first?["sub"] == 2)
        file.put("[]", stamp: FileStamp(modified: 91))
        watcher.look { _ in file.stamp }
        #expect(!watcher.isHealthy)
        #expect(store.current.revokes(subject: "y", tokenID: nil))
        #expect(log.records(of: "revocations-failed").first?["error"] == "r.json: must be a JSON object, not an array")
        var changes = store.changes.makeAsyncIterator()
        #expect(await changes.next() != nil)
    }
}

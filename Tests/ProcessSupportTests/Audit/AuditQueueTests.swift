import Foundation
import JSONRPC
import Synchronization
import Testing

@testable import ProcessSupport

@Suite(.timeLimit(.minutes(1))) struct AuditQueueTests {
    private final class Changes: Sendable {
        private let texts = Mutex<[String]>([])
        var all: [String] { texts.withLock { $0 } }
        func note(_ failure: AuditFile.Failure?) { texts.withLock { $0.append(failure == nil ? "good" : "bad") } }
    }

    private let changes = Changes()
    private static let moment = Date(timeIntervalSince1970: 1_772_366_400.25)

    private func entry(_ number: Int) -> AuditEntry {
        AuditEntry(date: Self.moment, event: "request", fields: ["n": .int(number), "reason": .null])
    }

    private func queue(_ file: AuditFile, capacity: Int = AuditQueue.capacity, secrets: [Secret] = []) -> AuditQueue {
        let changes = changes
        return AuditQueue(
            file: file,
            common: ["source": "mcp-gateway"],
            capacity: capacity,
            redactor: { Redactor(secrets: secrets) },
            onChange: { changes.note($0) }
        )
    }

    private func records(_ path: String) throws -> [JSONObject] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try text.split(separator: "\n").compactMap { try JSONParser.parse(String($0)).objectValue }
    }

    @Test("everything is in the file after a flush, in order, with moment, event and source") func writes() throws {
        let folder = try TemporaryFolder()
        let queue = queue(try AuditFile(path: folder.path("a")))
        for number in 1...500 { queue.write(entry(number)) }
        queue.flush()
        let records = try records(folder.path("a"))
        #expect(records.map { $0["n"] } == (1...500).map { .int($0) })
        #expect(records[0].keys == ["seq", "prev", "ts", "event", "source", "n", "hash"])
        #expect(records[0]["ts"] == "2026-03-01T12:00:00.250+00:00")
        #expect(queue.isHealthy)
        #expect(changes.all.isEmpty)
        #expect(try AuditVerifier.verify([folder.path("a")]).chain == queue.chain)
    }

    @Test("secrets are taken out before the hash is made") func redacts() throws {
        let folder = try TemporaryFolder()
        let queue = queue(try AuditFile(path: folder.path("a")), secrets: [Secret("hunter2hunter2")])
        let fields: JSONObject = ["path": "/x/hunter2hunter2", "list": ["hunter2hunter2"], "authorization": "abc"]
        queue.write(AuditEntry(date: Self.moment, event: "request", fields: fields))
        queue.flush()
        let record = try #require(try records(folder.path("a")).first)
        #expect(record["path"] == "/x/***")
        #expect(record["list"] == ["***"])
        #expect(record["authorization"] == "***")
        _ = try AuditVerifier.verify([folder.path("a")])
    }

    @Test("what cannot be written is kept and tried again; what does not fit is counted, and the chain tells it") func failing() throws {
        let folder = try TemporaryFolder()
        let root = folder.path
        let path = folder.path("a")
        let file = try AuditFile(path: path, limit: 1)
        let queue = queue(file, capacity: 3)
        queue.write(entry(1))
        queue.flush()
        let blocker = "\(path).000000000001"
        try Data().write(to: URL(fileURLWithPath: blocker))
        for number in 2...6 {
            queue.write(entry(number))
            queue.flush()
        }
        #expect(!queue.isHealthy)
        #expect(changes.all == ["bad"])
        let health = queue.health
        #expect((health.isHealthy, health.written, health.waiting, health.lost) == (false, 1, 3, 2))
        #expect(health.failedWrites >= 5)
        #expect(health.lastError?.hasPrefix("\(path): cannot be put aside") == true)
        try FileManager.default.removeItem(atPath: blocker)
        queue.flush()
        #expect(queue.isHealthy)
        #expect(changes.all == ["bad", "good"])
        #expect((queue.health.isHealthy, queue.health.written, queue.health.waiting, queue.health.lost) == (true, 5, 0, 2))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).map { "\(root)/\($0)" }
        let all = try names.flatMap { try records($0) }.sorted { ($0["seq"]?.intValue ?? 0) < ($1["seq"]?.intValue ?? 0) }
        #expect(all.compactMap { $0["n"]?.intValue } == [1, 2, 3, 4])
        #expect(all.last?["event"] == "audit-gap")
        #expect(all.last?["lost"] == 2)
        _ = try AuditVerifier.verify(names)
    }

    @Test("a trail's record is in the file when the call returns, and a failure is thrown") func trail() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("a")
        let trail = AuditTrail(file: try AuditFile(path: path, limit: 1), common: ["service": "ecs"], redactor: { Redactor() })
        try await trail.writeDurably(entry(1))
        #expect(try records(path).first?["service"] == "ecs")
        try Data().write(to: URL(fileURLWithPath: "\(path).000000000001"))
        await #expect(throws: AuditFile.Failure.self) { try await trail.writeDurably(entry(2)) }
        #expect(throws: AuditFile.Failure.self) { try trail.write(entry(2)) }
        try FileManager.default.removeItem(atPath: "\(path).000000000001")
        // The record that could not be written is missed; the one of something that did not happen is not.
        try trail.write(entry(3))
        #expect(trail.chain.sequence == 3)
        #expect(try records(path).first?["n"] == 3)
        let gap = try #require(try records("\(path).000000000002").first)
        #expect(gap["event"] == "audit-gap")
        #expect(gap["lost"] == 1)
        #expect(gap["service"] == "ecs")
        try await trail.writeDurably(entry(4))
        #expect(trail.chain.sequence == 4)
    }
}

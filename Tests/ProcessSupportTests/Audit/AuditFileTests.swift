import Foundation
import JSONRPC
import Testing

@testable import ProcessSupport

@Suite struct AuditFileTests {
    private func lines(_ path: String) -> [String] {
        let data = FileManager.default.contents(atPath: path) ?? Data()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func sequences(_ path: String) throws -> [Int] { try lines(path).map { try AuditLine(Array($0.utf8)).sequence } }

    private func append(_ file: AuditFile, _ numbers: ClosedRange<Int>, isDurable: Bool = false) throws {
        for number in numbers { try file.append(["event": "x", "n": .int(number)], isDurable: isDurable) }
    }

    @Test("goes on with the chain when it is opened again, mode 0600") func reopens() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("audit")
        try append(AuditFile(path: path), 1...3)
        let again = try AuditFile(path: path)
        #expect(again.chain.sequence == 3)
        try append(again, 4...5, isDurable: true)
        #expect(try sequences(path) == [1, 2, 3, 4, 5])
        #expect(try AuditVerifier.verify([path]).chain == again.chain)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("is put aside under the number of its last record, nothing is removed, and the chain spans all files") func rotates() throws {
        let folder = try TemporaryFolder()
        let root = folder.path
        let path = folder.path("audit")
        let file = try AuditFile(path: path, limit: 1_000)
        try append(file, 1...20)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names.count > 3)
        #expect(names.first == "audit")
        #expect(names.dropFirst().allSatisfy { $0.hasPrefix("audit.0000000000") })
        for name in names { #expect(lines(folder.path(name)).joined(separator: "\n").utf8.count <= 1_000) }
        let verification = try AuditVerifier.verify(names.map { "\(root)/\($0)" })
        #expect(verification.records == 20)
        #expect(verification.first == 1)
        #expect(verification.chain == file.chain)
        // The order of the arguments does not matter, and neither does a shell's.
        #expect(try AuditVerifier.verify(names.reversed().map { "\(root)/\($0)" }).chain == file.chain)
        // Another process takes the chain up in a file that is still empty.
        try FileManager.default.removeItem(atPath: path)
        let before = file.chain.sequence - lines(path).count
        #expect(try AuditFile(path: path).chain.sequence <= before)
    }

    @Test("a batch is split over files") func batch() throws {
        let folder = try TemporaryFolder()
        let root = folder.path
        let path = folder.path("audit")
        let file = try AuditFile(path: path, limit: 1_000)
        var records = (1...30).map { number -> JSONObject in ["n": .int(number)] }[...]
        try file.append(contentsOf: &records, isDurable: true)
        #expect(records.isEmpty)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.count > 3)
        #expect(try AuditVerifier.verify(names.map { "\(root)/\($0)" }).records == 30)
    }

    @Test("several writers share one chain", .timeLimit(.minutes(1))) func writers() async throws {
        let folder = try TemporaryFolder()
        let root = folder.path
        let path = folder.path("audit")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask { @concurrent in
                    let file = try AuditFile(path: path, limit: 4_000)
                    for number in 0..<50 { try file.append(["writer": .int(writer), "n": .int(number)], isDurable: number % 10 == 0) }
                }
            }
            try await group.waitForAll()
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.count > 5)
        #expect(try AuditVerifier.verify(names.map { "\(root)/\($0)" }).records == 200)
    }

    @Test("a record whose writing was cut short is removed, and the chain says so") func torn() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("audit")
        try append(AuditFile(path: path), 1...2)
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(#"{"seq":3,"prev":"12"#.utf8))
        try handle.close()
        #expect(throws: AuditVerification.Break.self) { try AuditVerifier.verify([path]) }
        let file = try AuditFile(path: path)
        try append(file, 4...4)
        #expect(try sequences(path) == [1, 2, 3, 4])
        let record = try #require(try JSONParser.parse(lines(path)[2]).objectValue)
        #expect(record["event"] == "audit-recovered")
        #expect(record["removed_bytes"] == 19)
        #expect(try AuditVerifier.verify([path]).records == 4)
    }

    @Test("a file whose last record was changed is not gone on with") func damaged() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("audit")
        try append(AuditFile(path: path), 1...2)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.replacing(#""n":2"#, with: #""n":3"#).write(toFile: path, atomically: true, encoding: .utf8)
        do throws(AuditFile.Failure) {
            _ = try AuditFile(path: path)
            Issue.record("opened")
        } catch {
            #expect(error.reason.hasPrefix("the last record is damaged"))
        }
    }

    @Test("records that vanish while a process runs leave a gap that is found") func vanished() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("audit")
        let file = try AuditFile(path: path)
        try append(file, 1...4)
        let all = lines(path)
        try (all.prefix(2).joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        try append(file, 5...5)
        #expect(try sequences(path) == [1, 2, 5])
        do throws(AuditVerification.Break) {
            _ = try AuditVerifier.verify([path])
            Issue.record("verified")
        } catch {
            #expect(error == .init(file: path, line: 3, problem: "records 3 to 4 are missing before record 5"))
        }
        // The same when the file itself goes.
        try FileManager.default.removeItem(atPath: path)
        try append(file, 6...6)
        #expect(try sequences(path) == [6])
    }

    @Test("an append that fails leaves the file and the chain as they were") func failure() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("audit")
        let file = try AuditFile(path: path, limit: 400)
        try append(file, 1...2)
        let before = lines(path)
        // The name that the full file would get is taken.
        try Data().write(to: URL(fileURLWithPath: "\(path).000000000002"))
        for _ in 0..<2 {
            do throws(AuditFile.Failure) {
                try file.append(["n": 3], isDurable: true)
                Issue.record("appended")
            } catch {
                #expect(error.reason.contains("exists already"))
            }
        }
        #expect(lines(path) == before)
        #expect(file.chain.sequence == 2)
        try FileManager.default.removeItem(atPath: "\(path).000000000002")
        try append(file, 3...3)
        #expect(try AuditVerifier.verify(["\(path).000000000002", path]).records == 3)
    }

    @Test("what is no file is refused") func noFile() throws {
        let folder = try TemporaryFolder()
        #expect(throws: AuditFile.Failure.self) { try AuditFile(path: folder.path) }
        #expect(throws: AuditFile.Failure.self) { try AuditFile(path: folder.path("none/audit")) }
        let pipe = try folder.makePipe("pipe")
        #expect(throws: AuditFile.Failure.self) { try AuditFile(path: pipe) }
    }

    @Test("a record that no reader would take is refused") func tooLong() throws {
        let folder = try TemporaryFolder()
        let file = try AuditFile(path: folder.path("audit"))
        #expect(throws: AuditFile.Failure.self) {
            try file.append(["text": .string(String(repeating: "x", count: AuditLine.longest))], isDurable: false)
        }
        try append(file, 1...1)
    }
}

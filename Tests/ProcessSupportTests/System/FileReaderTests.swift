import Foundation
import ProcessSupport
import Testing

@Suite struct FileReaderTests {
    @Test("reads a regular file, says what is missing, and refuses what is none or too large")
    func reads() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("file")
        try Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0) }).write(to: URL(fileURLWithPath: path))
        #expect(try readFile(path).count == 100_000)
        #expect(throws: FileReadError(path: path, problem: .tooLarge(limit: 99_999))) { try readFile(path, limit: 99_999) }
        #expect(try readFile(path, limit: 100_000).count == 100_000)
        let missing = folder.path("missing")
        #expect(throws: FileReadError(path: missing, problem: .notFound)) { try readFile(missing) }
        #expect(throws: FileReadError(path: path + "/x", problem: .notFound)) { try readFile(path + "/x") }
        #expect(throws: FileReadError(path: folder.path, problem: .notAFile)) { try readFile(folder.path) }
        #expect(throws: FileReadError(path: "/dev/zero", problem: .notAFile)) { try readFile("/dev/zero") }
        #expect(throws: FileReadError.self) { try readFile(path + "\0") }
        #expect(FileReadError(path: "p", problem: .tooLarge(limit: 5)).description == "p: is larger than 5 bytes")
    }

    @Test("does not wait for the writer of a named pipe", .timeLimit(.minutes(1)))
    func pipe() throws {
        let folder = try TemporaryFolder()
        let path = try folder.makePipe("pipe")
        #expect(throws: FileReadError(path: path, problem: .notAFile)) { try readFile(path) }
    }
}

import Foundation
import ProcessSupport
import Testing

@Suite struct RotatingLogFileTests {
    private func content(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    private func line(_ number: Int) -> [UInt8] { Array("line \(number) \(String(repeating: "x", count: 90))\n".utf8) }

    @Test("appends lines, and keeps the old content when it is opened again")
    func appends() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("log")
        try RotatingLogFile(path: path).write(Array("a\n".utf8))
        try RotatingLogFile(path: path).write(Array("b\n".utf8))
        #expect(content(path) == "a\nb\n")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("moves the file before it grows beyond the limit, and keeps three old ones")
    func rotates() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("log")
        let file = try RotatingLogFile(path: path, limit: 1000)
        for number in 10..<80 { file.write(line(number)) }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["log", "log.1", "log.2", "log.3"])
        for name in names { #expect((content(folder.path(name))?.utf8.count ?? 0) <= 1000) }
        let all = names.reversed().compactMap { content(folder.path($0)) }.joined()
        let numbers = all.split(separator: "\n").compactMap { Int($0.split(separator: " ")[1]) }
        // Nothing is lost or doubled from the oldest kept line on.
        #expect(numbers == Array((numbers.first ?? 0)..<80))
        #expect(numbers.count > 30)
    }

    @Test("a line longer than the limit is written whole")
    func longLine() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("log")
        let file = try RotatingLogFile(path: path, limit: 10, kept: 1)
        file.write(line(1))
        file.write(line(2))
        #expect(content(path) == String(decoding: line(2), as: UTF8.self))
        #expect(content(path + ".1") == String(decoding: line(1), as: UTF8.self))
    }

    @Test("two writers of one file rotate it once and go on in the new one")
    func twoWriters() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("log")
        let first = try RotatingLogFile(path: path, limit: 1000)
        let second = try RotatingLogFile(path: path, limit: 1000)
        for number in 10..<34 { (number % 2 == 0 ? first : second).write(line(number)) }
        let files = ["log.3", "log.2", "log.1", "log"].compactMap { content(folder.path($0)) }
        let numbers = files.joined().split(separator: "\n").compactMap { Int($0.split(separator: " ")[1]) }
        #expect(numbers == Array(10..<34))
        #expect(files.count == 3)
    }

    @Test("by default the limit is 10 MiB and three old files are kept")
    func defaults() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("log")
        let file = try RotatingLogFile(path: path)
        let mebibyte = [UInt8](repeating: UInt8(ascii: "x"), count: (1 << 20) - 1) + [0x0A]
        for _ in 0..<10 { file.write(mebibyte) }
        #expect(!FileManager.default.fileExists(atPath: path + ".1"))
        file.write([0x0A])
        #expect(try FileManager.default.attributesOfItem(atPath: path + ".1")[.size] as? Int == 10 << 20)
        #expect(content(path) == "\n")
    }

    @Test("refuses what cannot be a log file", .timeLimit(.minutes(1)))
    func refuses() throws {
        let folder = try TemporaryFolder()
        for path in [folder.path, folder.path("none/log"), folder.path("a\0b"), "/dev/null"] {
            #expect(throws: RotatingLogFile.Failure.self) { try RotatingLogFile(path: path) }
        }
        let pipe = try folder.makePipe("pipe")
        #expect(throws: RotatingLogFile.Failure.self) { try RotatingLogFile(path: pipe) }
    }

    @Test("writes what the sink writes")
    func sink() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("log")
        let capture = Capture()
        let sink = LogSink(secrets: [Secret("topsecret")], outputs: [capture.output, .file(try RotatingLogFile(path: path))])
        EventLog(logger: "x", sink: sink).info("a topsecret")
        #expect(content(path) == capture.lines[0] + "\n")
        #expect(content(path)?.hasSuffix("INFO x a ***\n") == true)
    }
}

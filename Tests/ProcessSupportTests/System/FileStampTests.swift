import Foundation
import ProcessSupport
import Testing

@Suite struct FileStampTests {
    @Test("differs after a rewrite, a replacement and a removal") func changes() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("f")
        #expect(FileStamp(of: path) == nil)
        try Data("a".utf8).write(to: URL(fileURLWithPath: path))
        let first = try #require(FileStamp(of: path))
        #expect(first == FileStamp(of: path))
        #expect(abs(first.modified - Date().timeIntervalSince1970) < 60)
        try Data("ab".utf8).write(to: URL(fileURLWithPath: path))
        let second = try #require(FileStamp(of: path))
        #expect(second != first)
        try Data("cd".utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        #expect(FileStamp(of: path) != second)
        #expect(FileStamp(of: "\(path)\0") == nil)
    }
}

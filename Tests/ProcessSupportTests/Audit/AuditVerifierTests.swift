import Foundation
import JSONRPC
import Testing

@testable import ProcessSupport

/// What `audit verify` finds, and where.
@Suite struct AuditVerifierTests {
    private func chain(_ count: Int, from chain: AuditChain = .empty) -> [String] {
        var chain = chain
        return (0..<count).map { number in
            let (line, next) = chain.appending(["event": "x", "n": .int(number)])
            chain = next
            return String(decoding: line.dropLast(), as: UTF8.self)
        }
    }

    private func verify(_ lines: [String], end: String = "\n") throws -> String {
        let folder = try TemporaryFolder()
        try (lines.joined(separator: "\n") + end).write(toFile: folder.path("a"), atomically: true, encoding: .utf8)
        do throws(AuditVerification.Break) {
            let verification = try AuditVerifier.verify([folder.path("a")])
            return "\(verification.records) from \(verification.first)"
        } catch {
            return "\(error.line): \(error.problem)"
        }
    }

    private func verify(_ lines: [String], _ expectation: AuditExpectation) -> String {
        var verification = AuditVerification(expecting: expectation)
        do throws(AuditVerification.Break) {
            for (index, line) in lines.enumerated() { try verification.check(Array(line.utf8), file: "a", line: index + 1) }
            try verification.checkEnds(of: "a")
            return "\(verification.records) from \(verification.first)"
        } catch {
            return "\(error)"
        }
    }

    private func hash(_ line: String) throws -> String { try AuditLine(Array(line.utf8)).chain.hash }

    @Test("a chain that must begin with its first record") func fromStart() {
        let start = AuditExpectation(fromStart: true)
        #expect(verify(chain(3), start) == "3 from 1")
        #expect(
            verify(Array(chain(3).dropFirst()), start)
                == "a:1: the chain begins with record 2, not with record 1: files are missing, or were cut off at their beginning"
        )
        #expect(verify([], start) == "a: there are no records, so that the chain does not begin here")
    }

    @Test("a chain that must end with a hash") func lastHash() throws {
        let lines = chain(4)
        let last = try hash(lines[3])
        #expect(verify(lines, AuditExpectation(lastHash: last)) == "4 from 1")
        #expect(verify(lines, AuditExpectation(fromStart: true, lastHash: last.uppercased())) == "4 from 1")
        #expect(verify(Array(lines.dropFirst(2)), AuditExpectation(lastHash: last)) == "2 from 3")
        #expect(
            verify(Array(lines.dropLast()), AuditExpectation(lastHash: last))
                == "a:3: the chain ends with record 3, and no record here has the expected hash \(last): records were cut off at the end, "
                + "or the hash is that of another trail"
        )
        #expect(
            verify(lines, AuditExpectation(lastHash: try hash(lines[1])))
                == "a:4: the expected hash is that of record 2, but the chain goes on to record 4: records were added since it was noted"
        )
        #expect(verify([], AuditExpectation(lastHash: last)).hasPrefix("a: the chain ends with no record, and no record here has"))
    }

    @Test("a chain that must be empty") func emptyChain() throws {
        let none = AuditExpectation(lastHash: AuditChain.empty.hash)
        #expect(verify([], none) == "0 from 0")
        #expect(
            verify(chain(1), none).hasPrefix("a:1: the expected hash is that of a chain without records, but the chain goes on to record 1")
        )
    }

    @Test("what a hash looks like") func isHash() {
        #expect(AuditExpectation.isHash(String(repeating: "0aF9", count: 16)))
        for text in ["", "0", String(repeating: "0", count: 63), String(repeating: "0", count: 65), String(repeating: "g", count: 64)] {
            #expect(!AuditExpectation.isHash(text))
        }
    }

    @Test("an intact chain") func intact() throws {
        #expect(try verify(chain(5)) == "5 from 1")
        #expect(try verify([], end: "") == "0 from 0")
    }

    @Test("a chain whose beginning was put away") func middle() throws {
        #expect(try verify(Array(chain(5).dropFirst(2))) == "3 from 3")
    }

    @Test("a changed record") func changed() throws {
        var lines = chain(5)
        lines[2] = lines[2].replacing(#""n":2"#, with: #""n":7"#)
        #expect(try verify(lines) == "3: the record was changed: its hash does not fit its contents (record 3 was expected)")
    }

    @Test("a changed record with a new hash is found at the next one") func rehashed() throws {
        var lines = chain(5)
        lines.replaceSubrange(2...2, with: chain(1, from: try AuditLine(Array(lines[1].utf8)).chain))
        #expect(try verify(lines) == "4: record 4 does not follow the record before it: that one is not the original")
    }

    @Test("removed records") func removed() throws {
        var lines = chain(6)
        lines.remove(at: 3)
        #expect(try verify(lines) == "4: record 4 is missing before record 5")
        lines.remove(at: 2)
        #expect(try verify(lines) == "3: records 3 to 4 are missing before record 5")
    }

    @Test("repeated and reordered records") func repeated() throws {
        var lines = chain(3)
        lines.insert(lines[1], at: 2)
        #expect(try verify(lines) == "3: record 2 comes after record 2")
        lines = chain(3)
        lines.swapAt(1, 2)
        #expect(try verify(lines) == "2: record 2 is missing before record 3")
    }

    @Test("what was put in between") func inserted() throws {
        var lines = chain(3)
        lines.insert("{}", at: 1)
        #expect(try verify(lines) == "2: the record is no audit record: it does not end in a hash (record 2 was expected)")
        lines[1] = ""
        #expect(try verify(lines).hasPrefix("2: the record is no audit record"))
    }

    @Test("a first record that claims to follow another") func falseBeginning() throws {
        let lines = chain(2, from: AuditChain(sequence: 0, hash: AuditDigest.of([1])))
        #expect(try verify(lines) == "1: record 1 does not begin a chain")
    }

    @Test("a last record that was cut short") func torn() throws {
        #expect(try verify(chain(2), end: "\n{\"seq\":3") == "3: the last record is incomplete: its writing was cut short")
    }

    @Test("a file of the chain that is missing, and files of two chains") func files() throws {
        let folder = try TemporaryFolder()
        let root = folder.path
        let lines = chain(9)
        for (name, part) in [("c", lines[0..<3]), ("b", lines[3..<6]), ("a", lines[6..<9])] {
            try (part.joined(separator: "\n") + "\n").write(toFile: folder.path(name), atomically: true, encoding: .utf8)
        }
        #expect(try AuditVerifier.verify(["a", "b", "c"].map { "\(root)/\($0)" }).records == 9)
        do throws(AuditVerification.Break) {
            _ = try AuditVerifier.verify([folder.path("a"), folder.path("c")])
            Issue.record("verified")
        } catch {
            #expect(error.description == "\(folder.path("a")):1: records 4 to 6 are missing before record 7")
        }
        #expect(throws: AuditVerification.Break(file: folder.path("none"), line: 0, problem: "no such file or directory")) {
            try AuditVerifier.verify([folder.path("none")])
        }
        #expect(throws: AuditVerification.Break(file: folder.path, line: 0, problem: "is not a regular file")) {
            try AuditVerifier.verify([folder.path])
        }
    }

    @Test("lines over the pieces in which a file is read") func large() throws {
        var chain = AuditChain.empty
        var bytes: [UInt8] = []
        for number in 0..<50 {
            let (line, next) = chain.appending(["text": .string(String(repeating: "\(number % 10)", count: 5_000))])
            bytes += line
            chain = next
        }
        let folder = try TemporaryFolder()
        try Data(bytes).write(to: URL(fileURLWithPath: folder.path("a")))
        #expect(try AuditVerifier.verify([folder.path("a")]).chain == chain)
    }
}

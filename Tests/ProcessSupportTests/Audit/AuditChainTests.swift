import Crypto
import Foundation
import JSONRPC
import Testing

@testable import ProcessSupport

@Suite struct AuditChainTests {
    @Test("a record is one line with its number, the hash before it and its own") func form() throws {
        let (line, chain) = AuditChain.empty.appending(["event": "x", "seq": 9, "hash": "no", "prev": "no"])
        let text = String(decoding: line, as: UTF8.self)
        #expect(text.hasSuffix("\"}\n"))
        let record = try #require(try JSONParser.parse(text.dropLast().description).objectValue)
        #expect(record.keys == ["seq", "prev", "event", "hash"])
        #expect(record["seq"] == 1)
        #expect(record["prev"]?.stringValue == String(repeating: "0", count: 64))
        #expect(record["hash"]?.stringValue == chain.hash)
        #expect(chain.sequence == 1)
    }

    @Test("the hash is SHA-256 over the line without its member hash, so that anyone can check it") func hash() throws {
        let (line, chain) = AuditChain(sequence: 4, hash: AuditDigest.of([1])).appending(["sub": "a\"ü", "n": 1])
        let text = String(decoding: line, as: UTF8.self)
        let hashed = text.replacing(",\"hash\":\"\(chain.hash)\"}\n", with: "}")
        let digest = SHA256.hash(data: Data(hashed.utf8)).map { String(format: "%02x", $0) }.joined()
        #expect(digest == chain.hash)
        #expect(try AuditLine(line.dropLast()).chain == chain)
    }

    @Test("a record that was touched anywhere is no record any more") func touched() throws {
        let (line, _) = AuditChain.empty.appending(["event": "tool-call", "sub": "alice"])
        let bytes = Array(line.dropLast())
        for index in bytes.indices {
            var touched = bytes
            touched[index] ^= 1
            #expect(throws: AuditLine.Fault.self) { try AuditLine(touched) }
        }
    }

    @Test(
        "what is no record",
        arguments: ["", "{}", #"{"seq":1}"#, String(repeating: "x", count: 200)]
    )
    func noRecord(text: String) {
        #expect(throws: AuditLine.Fault.malformed("it does not end in a hash")) { try AuditLine(Array(text.utf8)) }
    }

    @Test(
        "a rightly hashed line that has no place in a chain",
        arguments: ["[1}", #"{"a":1}"#, #"{"seq":0,"prev":"x"}"#, #"{"seq":2,"prev":"x"}"#]
    )
    func noPlace(text: String) {
        let bytes = Array(text.utf8)
        let line = bytes.dropLast() + Array(",\"hash\":\"\(AuditDigest.of(bytes))\"}".utf8)
        #expect(throws: AuditLine.Fault.self) { try AuditLine(line) }
    }
}

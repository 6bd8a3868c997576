import ProcessSupport
import Testing

@testable import Gateway

@Suite struct RevocationListTests {
    private func problem(_ text: String) -> String? {
        do throws(RevocationList.Fault) {
            _ = try RevocationList.parse(Array(text.utf8))
            return nil
        } catch {
            return error.description
        }
    }

    @Test("names tokens and subjects") func parses() throws {
        let list = try RevocationList.parse(Array(#"{"sub":["alice","\u212a"],"jti":["1","1"]}"#.utf8))
        #expect(list.revokes(subject: "alice", tokenID: nil))
        #expect(list.revokes(subject: "bob", tokenID: "1"))
        #expect(!list.revokes(subject: "bob", tokenID: "2"))
        #expect(!list.revokes(subject: "bob", tokenID: nil))
        // Byte by byte: U+212A is not K.
        #expect(!list.revokes(subject: "K", tokenID: nil))
        #expect(try RevocationList.parse(Array("{}".utf8)).isEmpty)
    }

    @Test(
        "is strict: a typing error must not let a revoked token in",
        arguments: [
            ("[]", "must be a JSON object, not an array"),
            (#"{"jtis":[]}"#, #"unknown member "jtis"; there are jti and sub"#),
            (#"{"jti":"a"}"#, "jti: must be an array of strings, not a string"),
            (#"{"sub":["a",1]}"#, "sub[1]: must be a string that is not empty"),
            (#"{"sub":[""]}"#, "sub[0]: must be a string that is not empty"),
        ]
    )
    func strict(text: String, expected: String) {
        #expect(problem(text) == expected)
    }

    @Test("malformed JSON and repeated members", arguments: ["", "{", #"{"jti":[],"jti":["a"]}"#]) func malformed(text: String) {
        #expect(problem(text)?.hasPrefix("malformed JSON: ") == true)
    }
}

import JSONRPC
import Testing

@Suite struct JSONParserDuplicateTests {
    @Test("rejects a name that occurs twice, with its place")
    func rejected() throws {
        let error = try #require(parseError("{\n  \"a\": 1,\n  \"é\": 2, \"a\": 3\n}"))
        #expect(error.code == .duplicateKey)
        #expect(error.key == "a")
        #expect(error.line == 3)
        #expect(error.column == 11)
        #expect(error.description == "duplicate member \"a\" at line 3, column 11")
    }

    @Test("compares names after decoding their escapes")
    func escaped() {
        #expect(parseError(#"{"a":1,"\u0061":2}"#)?.code == .duplicateKey)
    }

    @Test("the same name in different objects is no duplicate")
    func nested() {
        #expect(parseError(#"{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}"#) == nil)
        #expect(parseError(#"[{"x":{"b":1,"b":2}}]"#)?.key == "b")
    }

    @Test("on request the last one wins, at the place of the first", arguments: [3, 16, 17, 18, 100])
    func lastWins(count: Int) throws {
        let members = (0..<count).map { #""k\#($0)":\#($0)"# }
        let text = "{" + (members + [#""k1":"last""#, #""k0":"first""#, #""k1":"really last""#]).joined(separator: ",") + "}"
        let object = try #require(try JSONParser.parse(text, duplicates: .lastWins).objectValue)
        #expect(object.count == count)
        #expect(object.keys == (0..<count).map { "k\($0)" })
        #expect(object["k0"] == "first")
        #expect(object["k1"] == "really last")
        #expect(object["k2"] == 2)
    }

    @Test("finds duplicates in objects of every size", arguments: [2, 15, 16, 17, 18, 33, 1_000])
    func sizes(count: Int) {
        let members = (0..<count).map { #""k\#($0)":\#($0)"# }
        #expect(parseError("{" + members.joined(separator: ",") + "}") == nil)
        for repeated in [0, count / 2, count - 1] {
            #expect(parseError("{" + (members + [members[repeated]]).joined(separator: ",") + "}")?.key == "k\(repeated)")
        }
    }

    @Test("a long name is shortened in the description")
    func longName() throws {
        let name = String(repeating: "n", count: 5_000)
        let error = try #require(parseError("{\"\(name)\":1,\"\(name)\":2}"))
        #expect(error.key == name)
        #expect(error.description.utf8.count < 200)
    }

    @Test("large objects are read in linear time")
    func large() throws {
        let text = "{" + (0..<50_000).map { #""member\#($0)":0"# }.joined(separator: ",") + "}"
        let clock = ContinuousClock()
        let time = clock.measure { #expect((try? JSONParser.parse(text))?.objectValue?.count == 50_000) }
        // Quadratic reading takes minutes.
        #expect(time < .seconds(20))
    }
}

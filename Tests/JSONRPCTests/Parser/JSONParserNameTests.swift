import JSONRPC
import Testing

/// Names that are kept from one object to the next must not change what is read.
@Suite struct JSONParserNameTests {
    @Test("rows of the same shape read the same as alone", arguments: [1, 15, 16, 17, 63, 64, 65, 200])
    func sameShape(length: Int) throws {
        let name = String(repeating: "n", count: length)
        let rows = try #require(try JSONParser.parse(#"[{"\#(name)":1},{"\#(name)":2},{"\#(name)":3}]"#).arrayValue)
        #expect(rows.map { $0[name]?.intValue } == [1, 2, 3])
    }

    @Test("names of the same length, beginning and end are told apart, in one object and from row to row")
    func sameFingerprint() throws {
        let names = ["beginning-aaaa-the-ending", "beginning-bbbb-the-ending", "beginning-cccc-the-ending"]
        let row = "{" + names.enumerated().map { #""\#($1)":\#($0)"# }.joined(separator: ",") + "}"
        let rows = try #require(try JSONParser.parse("[\(row),\(row)]").arrayValue)
        for row in rows {
            #expect(row.objectValue?.keys == names)
            #expect(names.map { row[$0]?.intValue } == [0, 1, 2])
        }
    }

    @Test("an escaped name is the same as a plain one")
    func escaped() throws {
        let text = #"[{"availability_zone":1},{"availability\u005fzone":2},{"availability_zone":3}]"#
        let rows = try #require(try JSONParser.parse(text).arrayValue)
        #expect(rows.map { $0["availability_zone"]?.intValue } == [1, 2, 3])
        #expect(parseError(#"{"availability_zone":1,"availability\u005fzone":2}"#)?.code == .duplicateKey)
    }

    @Test("canonically equivalent long names stay different")
    func canonicalEquivalence() throws {
        let composed = "caf\u{E9}-availability-zone"
        let decomposed = "cafe\u{301}-availability-zone"
        let rows = try #require(try JSONParser.parse(#"[{"\#(composed)":1},{"\#(decomposed)":2},{"\#(composed)":3}]"#).arrayValue)
        let found = rows.map { Array(($0.objectValue?.keys.first ?? "").utf8) }
        #expect(found == [Array(composed.utf8), Array(decomposed.utf8), Array(composed.utf8)])
    }

    @Test("more names than are kept, twice over")
    func manyNames() throws {
        let names = (0..<1_000).map { "a-rather-long-name-\($0)-of-a-member" }
        let row = "{" + names.map { #""\#($0)":"\#($0)""# }.joined(separator: ",") + "}"
        let rows = try #require(try JSONParser.parse("[\(row),\(row)]").arrayValue)
        for row in rows { #expect(row.objectValue?.members.allSatisfy { $0.value == .string($0.key) } == true) }
    }

    @Test("a small object beside a large one is not made large")
    func sizesAlternate() throws {
        let large = "{" + (0..<64).map { #""k\#($0)":0"# }.joined(separator: ",") + "}"
        let text = "[" + Array(repeating: "\(large),{\"k\":1},{}", count: 50).joined(separator: ",") + "]"
        let rows = try #require(try JSONParser.parse(text).arrayValue)
        #expect(rows.compactMap(\.objectValue).map(\.count) == Array(repeating: [64, 1, 0], count: 50).flatMap(\.self))
    }
}

import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

@Suite struct JSONOutlineTests {
    private func text(_ text: String, _ range: Range<Int>?) -> String? {
        range.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
    }

    @Test(arguments: [" { \"a\" : 1 } \n", "\t[1, 2]", "\"x\"", " null", "1.5e3 ", "{}", "[ ]"])
    func theRootIsTheValueWithoutTheSpaceRoundIt(_ source: String) {
        let trimmed = String(source.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        #expect(text(source, JSONOutline(source).root) == trimmed)
    }

    @Test func membersAreFoundWithTheirDecodedNames() {
        let source = #"{ "a" : {"b":[1,"}"]} , "\u0062\"" :"x\\" ,"c":-1e2, "d" : [ ] }"#
        let outline = JSONOutline(source)
        let members = outline.members(of: outline.root)
        #expect(members.map(\.key) == ["a", "b\"", "c", "d"])
        #expect(members.map { text(source, $0.value) } == [#"{"b":[1,"}"]}"#, #""x\\""#, "-1e2", "[ ]"])
    }

    @Test func elementsAreFound() {
        let source = #"[ 1 ,"]",{"a":[2]} , null,[ [] ]]"#
        let outline = JSONOutline(source)
        #expect(outline.elements(of: outline.root).map { text(source, $0) } == ["1", #""]""#, #"{"a":[2]}"#, "null", "[ [] ]"])
    }

    @Test func containersOfAnotherKindAndEmptyOnesHaveNothing() {
        for source in ["1", "\"{\"", "null", "[]", "{}", "[ ]", "{ }"] {
            let outline = JSONOutline(source)
            #expect(outline.members(of: outline.root).isEmpty)
            #expect(outline.elements(of: outline.root).isEmpty)
        }
        let array = JSONOutline("[1]")
        #expect(array.members(of: array.root).isEmpty)
        let object = JSONOutline(#"{"a":1}"#)
        #expect(object.elements(of: object.root).isEmpty)
    }

    @Test func ofDuplicatesTheLastOneCounts() {
        let source = #"{"a":1,"b":2,"a":3}"#
        let outline = JSONOutline(source)
        #expect(text(source, outline.value(of: "a", in: outline.root)) == "3")
        #expect(outline.value(of: "c", in: outline.root) == nil)
    }

    @Test func piecesAreReplacedInAnyOrder() {
        let outline = JSONOutline("0123456789")
        #expect(outline.replacing([(8..<10, "é"), (0..<1, ""), (4..<4, "+"), (5..<6, "five")]) == "123+4five67é")
        #expect(outline.replacing([]) == "0123456789")
    }

    /// Whatever the text, nothing is read outside it and nothing hangs.
    @Test(arguments: [
        "", "{", "[", "\"", "\"\\", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":1", "[1,", "[,]", "{,}", "}", "]", ":", "{\"a\":}", "[\"\\",
    ])
    func brokenTextsDoNoHarm(_ source: String) {
        let outline = JSONOutline(source)
        for member in outline.members(of: outline.root) { #expect(member.value.upperBound <= source.utf8.count) }
        for element in outline.elements(of: outline.root) { #expect(element.upperBound <= source.utf8.count) }
    }

    @Test(arguments: 0..<200)
    func findsWhatTheParserReads(_ seed: Int) throws {
        var random = RandomTree(seed: seed)
        let members = random.members(3)
        let source = random.space() + random.object(members) + random.space()
        let outline = JSONOutline(source)
        let parsed = try #require(try JSONParser.parse(source).objectValue)
        let found = outline.members(of: outline.root)
        #expect(found.map(\.key) == parsed.keys)
        for (member, expected) in zip(found, parsed) {
            #expect(try JSONParser.parse(try #require(text(source, member.value))) == expected.value)
            #expect(outline.elements(of: member.value).count == expected.value.arrayValue?.count ?? 0)
        }
    }
}

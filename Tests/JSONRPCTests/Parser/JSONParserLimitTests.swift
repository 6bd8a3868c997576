import JSONRPC
import Testing

@Suite struct JSONParserLimitTests {
    @Test("nesting is limited to 128 by default", arguments: [("[", "]"), (#"{"a":"#, "}")])
    func depth(open: String, close: String) {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: open, count: depth) + (close == "}" ? "1" : "") + String(repeating: close, count: depth)).utf8)
        }
        #expect(parseFailure(nested(128)) == nil)
        #expect(parseFailure(nested(129)) == .tooDeep)
        #expect(parseFailure(nested(3), limits: JSONLimits(maximumDepth: 2)) == .tooDeep)
        #expect(parseFailure(nested(1), limits: JSONLimits(maximumDepth: 0)) == .tooDeep)
        #expect(parseFailure(nested(JSONLimits.deepest), limits: JSONLimits(maximumDepth: .max)) == nil)
        #expect(parseFailure(nested(JSONLimits.deepest + 1), limits: JSONLimits(maximumDepth: .max)) == .tooDeep)
    }

    @Test("containers side by side are not nested")
    func breadth() {
        #expect(parseFailure(Array(("[" + String(repeating: "[],{},", count: 1_000) + "[]]").utf8)) == nil)
    }

    @Test("very deep nesting is refused before it costs anything", arguments: ["[", #"{"a":"#, #"[{"a":"#])
    func veryDeep(open: String) {
        let text = String(repeating: open, count: 1_000_000 / open.utf8.count)
        #expect(parseFailure(Array(text.utf8)) == .tooDeep)
    }

    @Test("scalars need no depth")
    func scalar() {
        #expect(parseFailure(Array("1".utf8), limits: JSONLimits(maximumDepth: 0)) == nil)
    }

    @Test("size is limited in bytes")
    func size() throws {
        let bytes = Array(#""é""#.utf8)
        #expect(parseFailure(bytes, limits: JSONLimits(maximumBytes: 4)) == nil)
        let error = try #require(parseError(bytes, limits: JSONLimits(maximumBytes: 3)))
        #expect(error.code == .tooLarge)
        #expect(error.description == "the document is larger than 3 bytes")
        #expect(JSONLimits().maximumBytes == 4_194_304)
    }

    @Test(
        "errors tell offset, line and column",
        arguments: [
            ("x", 0, 1, 1), ("[1,\n2,\n x]", 8, 3, 2), ("\"é漢😀\" x", 12, 1, 7), ("[\r\n1 2]", 5, 2, 3), ("{\n\n", 3, 3, 1),
            ("[1,2", 4, 1, 5),
            ("\"ab\\q\"", 3, 1, 4),
        ]
    )
    func places(text: String, offset: Int, line: Int, column: Int) throws {
        let error = try #require(parseError(text))
        #expect(error.offset == offset)
        #expect(error.line == line)
        #expect(error.column == column)
        #expect(error.key == nil)
        #expect(error.description.hasSuffix(" at line \(line), column \(column)"))
    }
}

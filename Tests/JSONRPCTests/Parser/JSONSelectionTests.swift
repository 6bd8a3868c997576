import JSONRPC
import Testing

@Suite struct JSONSelectionTests {
    private static let selection: JSONSelection = [
        "key": .everything, "a": ["key": .everything, "é": JSONSelection("a")], "": JSONSelection("key", "e\u{301}"),
    ]

    @Test("keeps the selected members, whole or selected themselves, in the document's order")
    func keeps() throws {
        let text = #"{"x":1,"count":3,"rows":[{"id":"1","more":{"a":[1,{"b":2}]},"n":{"q":1,"p":2}},{"n":7},"text",null],"y":{"id":0}}"#
        let value = try JSONParser.parse(
            Array(text.utf8),
            keeping: ["rows": ["id": .everything, "n": JSONSelection("p")], "count": .everything]
        )
        #expect(value.text() == #"{"count":3,"rows":[{"id":"1","n":{"p":2}},{"n":7},"text",null]}"#)
    }

    @Test("of a name that occurs twice the last value is kept, at the place of the first")
    func duplicates() throws {
        let value = try JSONParser.parse(Array(#"{"a":1,"b":2,"\u0061":3,"c":4,"c":5}"#.utf8), keeping: JSONSelection("a", "b"))
        #expect(value.text() == #"{"a":3,"b":2}"#)
    }

    @Test("names are compared by their bytes")
    func exactNames() throws {
        let value = try JSONParser.parse(Array("{\"\u{E9}\":1,\"e\u{301}\":2}".utf8), keeping: JSONSelection("\u{E9}"))
        #expect(value.objectValue?.members.map { Array($0.key.utf8) } == [Array("\u{E9}".utf8)])
    }

    @Test("keeping everything is reading", arguments: (0 as UInt64)..<20)
    func everything(seed: UInt64) throws {
        var generator = DocumentGenerator(seed: seed &+ 3_000)
        for _ in 0..<20 {
            let bytes = generator.value().bytes()
            #expect(try JSONParser.parse(bytes, keeping: .everything).bytes() == bytes)
        }
    }

    @Test("what is kept is what a whole document would have there", arguments: (0 as UInt64)..<40)
    func subset(seed: UInt64) throws {
        var generator = DocumentGenerator(seed: seed &+ 4_000)
        for _ in 0..<20 {
            let value = generator.value()
            let kept = try JSONParser.parse(value.bytes(), keeping: Self.selection)
            #expect(kept.bytes() == Self.selected(value).bytes())
        }
    }

    @Test("a damaged document is refused for the same reason at the same place, wherever the damage is", arguments: (0 as UInt64)..<60)
    func sameErrors(seed: UInt64) {
        var generator = DocumentGenerator(seed: seed &+ 5_000)
        for _ in 0..<100 {
            let bytes = generator.mutated(generator.value().bytes())
            let whole = parseError(bytes, duplicates: .lastWins)
            let kept = Self.error(bytes)
            #expect(kept?.code == whole?.code)
            #expect(kept?.offset == whole?.offset)
        }
    }

    @Test("depth and size are limited in what is skipped, too")
    func limits() {
        let deep = #"{"skipped":"# + String(repeating: "[", count: 20) + String(repeating: "]", count: 20) + "}"
        #expect(Self.error(Array(deep.utf8), limits: JSONLimits(maximumDepth: 10))?.code == .tooDeep)
        #expect(Self.error(Array(deep.utf8), limits: JSONLimits(maximumBytes: 10))?.code == .tooLarge)
    }

    private static func error(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) -> JSONParseError? {
        do throws(JSONParseError) {
            _ = try JSONParser.parse(bytes, keeping: selection, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    /// The same selection, made from a whole document.
    private static func selected(_ value: JSONValue) -> JSONValue {
        pick(value) { name, value in
            switch Array(name.utf8) {
            case Array("key".utf8): value
            case Array("a".utf8):
                pick(value) { name, value in
                    if Array(name.utf8) == Array("key".utf8) { return value }
                    if Array(name.utf8) == Array("é".utf8) { return pick(value) { $0 == "a" ? $1 : nil } }
                    return nil
                }
            case []: pick(value) { Array($0.utf8) == Array("key".utf8) || Array($0.utf8) == Array("e\u{301}".utf8) ? $1 : nil }
            default: nil
            }
        }
    }

    private static func pick(_ value: JSONValue, _ keep: (String, JSONValue) -> JSONValue?) -> JSONValue {
        switch value {
        case .array(let elements): .array(elements.map { pick($0, keep) })
        case .object(let object):
            .object(
                JSONObject(
                    members: object.members.compactMap { member in
                        keep(member.key, member.value).map { JSONObject.Member(key: member.key, value: $0) }
                    }
                )
            )
        default: value
        }
    }
}

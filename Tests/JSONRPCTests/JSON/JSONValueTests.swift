import JSONRPC
import Testing

@Suite struct JSONValueTests {
    private static let samples: [JSONValue] = [.null, true, 1, "x", [1], ["a": 1]]

    @Test("reads only its own kind")
    func readers() throws {
        #expect(Self.samples.map(\.kind) == ["null", "boolean", "number", "string", "array", "object"])
        #expect(Self.samples.map(\.isNull) == [true, false, false, false, false, false])
        #expect(Self.samples.map(\.boolValue) == [nil, true, nil, nil, nil, nil])
        #expect(Self.samples.map(\.intValue) == [nil, nil, 1, nil, nil, nil])
        #expect(Self.samples.map(\.doubleValue) == [nil, nil, 1, nil, nil, nil])
        #expect(Self.samples.map(\.stringValue) == [nil, nil, nil, "x", nil, nil])
        #expect(Self.samples.map(\.arrayValue) == [nil, nil, nil, nil, [1], nil])
        #expect(Self.samples.map(\.objectValue) == [nil, nil, nil, nil, nil, ["a": 1]])
        #expect(Self.samples.map { $0["a"] } == [nil, nil, nil, nil, nil, 1])
    }

    @Test("values of different kinds differ")
    func kinds() {
        for (index, left) in Self.samples.enumerated() {
            for (other, right) in Self.samples.enumerated() { #expect((left == right) == (index == other)) }
        }
        #expect(JSONValue.string("1") != 1)
        #expect(JSONValue.bool(false) != 0)
        #expect(JSONValue.bool(false) != .null)
        #expect(Set(Self.samples + Self.samples).count == Self.samples.count)
    }

    @Test("strings are equal when their bytes are")
    func strings() {
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
        #expect(JSONValue.array(["\u{E9}"]) != ["e\u{301}"])
        #expect(Set<JSONValue>(["\u{E9}", "e\u{301}", "\u{E9}"]).count == 2)
    }

    @Test("optional values become null")
    func optional() {
        #expect(JSONValue.optional(nil as String?) == .null)
        #expect(JSONValue.optional(5) == 5)
        #expect(JSONValue.optional("x") == "x")
        #expect(JSONValue.optional(true) == true)
        #expect(JSONValue.optional(nil as Int?) == .null)
        #expect(JSONValue.optional(nil as Bool?) == .null)
    }
}

import JSONRPC
import MCPServer
import Testing

@testable import CloudServer

@Suite struct ObjectSchemaTests {
    private func text(_ property: Property) -> String { JSONValue.object(property.schema.json).text(.compact) }

    private func accepts(_ property: Property, _ value: JSONValue?) throws -> Bool {
        var arguments: JSONObject = [:]
        arguments.set(property.name, value)
        return try JSONSchema(ObjectSchema([property]).json).violations(of: .object(arguments)).isEmpty
    }

    @Test func namesOnlyTheseMembers() throws {
        let schema = ObjectSchema([.string("a", "A.", required: true), .boolean("b", "B.", default: false)])
        #expect(schema.json.keys == ["type", "properties", "required", "additionalProperties"])
        #expect(schema.json["required"] == ["a"])
        #expect(schema.json["additionalProperties"] == false)
        #expect(try !JSONSchema(schema.json).violations(of: ["a": "x", "c": 1]).isEmpty)
    }

    @Test func aToolWithoutParametersAcceptsNone() {
        #expect(ObjectSchema([]).json == ["type": "object", "additionalProperties": false])
    }

    @Test func aNullableParameterStatesNullAsItsDefault() {
        #expect(
            text(.string("n", "N.", nullable: true)) == #"{"type":["string","null"],"description":"N.","maxLength":8192,"default":null}"#
        )
    }

    @Test func aStringWithoutABoundHasAtMost8192CodePoints() throws {
        let property = Property.string("n", "N.", required: true)
        #expect(try accepts(property, .string(String(repeating: "é", count: 8_192))))
        #expect(try !accepts(property, .string(String(repeating: "é", count: 8_193))))
    }

    @Test func anArrayWithoutABoundHasAtMost1000Items() throws {
        let property = Property.array("n", "N.", items: .boolean, required: true)
        #expect(try accepts(property, .array(Array(repeating: true, count: 1_000))))
        #expect(try !accepts(property, .array(Array(repeating: true, count: 1_001))))
    }

    @Test(arguments: [
        Property.string("x", "X.", default: "a"), .string("x", "X.", required: true), .integer("x", "X.", default: 1),
        .boolean("x", "X.", default: true), .array("x", "X.", items: .boolean, required: true),
    ])
    func aRequiredOneAndOneWithADefaultRejectNull(property: Property) throws {
        #expect(try !accepts(property, .null))
    }

    @Test(arguments: [
        Property.string("x", "X.", nullable: true), .integer("x", "X.", nullable: true), .boolean("x", "X.", nullable: true),
        .array("x", "X.", items: .boolean, nullable: true), .string("x", "X.", nullable: true, enum: ["a"]),
        .string("x", "X.", nullable: true, pattern: "^a$"), .object("x", "X.", [], nullable: true),
    ])
    func aNullableOneAcceptsNullAndAbsence(property: Property) throws {
        #expect(try accepts(property, .null))
        #expect(try accepts(property, nil))
    }

    @Test(arguments: [
        ("5.0", true), ("1e2", true), ("5", true), ("5.5", false), ("\"5\"", false), ("true", false), ("101", false), ("0", false),
        ("1e400", false),
    ])
    func anIntegerAcceptsNumbersWithAnIntegralValueOnly(text: String, valid: Bool) throws {
        #expect(try accepts(.integer("x", "X.", default: 1, minimum: 1, maximum: 100), JSONParser.parse(text)) == valid)
    }

    @Test(arguments: [("1", false), ("\"true\"", false), ("true", true), ("0", false)])
    func aBooleanIsNeverCoerced(text: String, valid: Bool) throws {
        #expect(try accepts(.boolean("x", "X.", default: false), JSONParser.parse(text)) == valid)
    }

    @Test func aStringIsNotAnArray() throws {
        #expect(try !accepts(.array("x", "X.", items: .string(), required: true), "a"))
    }

    @Test func anIntegerWithoutABoundStaysExact() throws {
        #expect(try accepts(.integer("x", "X.", default: 1), .int(9_007_199_254_740_991)))
        #expect(try !accepts(.integer("x", "X.", default: 1), JSONParser.parse("1e30")))
    }

    @Test(arguments: [
        (FakeTools.uuid, true), (FakeTools.uuid.uppercased(), true), (FakeTools.uuid + "\n", false), ("\n" + FakeTools.uuid, false),
        (FakeTools.uuid + "0", false), ("", false), ("0123456789abcdef0123456789abcdef", false),
    ])
    func aUUIDMatchesTheWholeString(text: String, valid: Bool) throws {
        #expect(try accepts(.string("x", "X.", pattern: TextPattern.uuid, required: true), .string(text)) == valid)
    }

    @Test func anEmptyFilterIsAcceptedBesideAnEnumAndAPattern() throws {
        #expect(try accepts(.string("x", "X.", nullable: true, enum: ["a"]), ""))
        #expect(try accepts(.string("x", "X.", nullable: true, pattern: TextPattern.uuid), ""))
        #expect(try !accepts(.string("x", "X.", nullable: true, pattern: TextPattern.uuid), "b"))
        #expect(try accepts(.string("x", "X.", nullable: true, pattern: TextPattern.uuid), .string(FakeTools.uuid)))
    }

    @Test func anEmptyStringIsAValueWhereTheTableSaysSo() throws {
        #expect(try !accepts(.string("x", "X.", nullable: true, enum: ["a"], empty: .kept), ""))
        #expect(try !accepts(.string("x", "X.", nullable: true, minLength: 1), ""))
        #expect(try !accepts(.string("x", "X.", default: "a", enum: ["a"]), ""))
    }

    @Test func nestedObjectsNameOnlyTheirMembers() throws {
        let property = Property.array(
            "x",
            "X.",
            items: .object([.string("name", "N.", minLength: 1, required: true), .string("value", "V.", nullable: true)]),
            required: true
        )
        #expect(try accepts(property, [["name": "a"], ["name": "b", "value": .null]]))
        #expect(try !accepts(property, [["name": ""]]))
        #expect(try !accepts(property, [["value": "v"]]))
        #expect(try !accepts(property, [["name": "a", "commit_id": "c"]]))
    }
}

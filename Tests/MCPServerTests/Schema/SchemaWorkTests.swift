import JSONRPC
import MCPServer
import Testing

@Suite struct SchemaWorkTests {
    @Test("a schema whose work would explode is not applied to the end, and the value is refused")
    func explosion() throws {
        let schema = try JSONSchema(
            JSONParser.parse(##"{"properties":{"a":{"anyOf":[{"$ref":"#"},{"$ref":"#"},{"$ref":"#"}]},"v":{"type":"null"}}}"##)
        )
        let deep = String(repeating: #"{"a":"#, count: 100) + #"{"v":1}"# + String(repeating: "}", count: 100)
        let value = try JSONParser.parse(deep)
        var found: [SchemaViolation] = []
        let time = ContinuousClock().measure { found = schema.violations(of: value) }
        #expect(found.contains(SchemaViolation(path: "", message: "is too complex to be checked")))
        #expect(!schema.accepts(value))
        #expect(time < .seconds(60))
    }

    @Test("an exhausted check is a refusal even where the schema negates")
    func negatedExplosion() throws {
        let schema = try JSONSchema(
            JSONParser.parse(
                ##"{"not":{"$ref":"#/$defs/x"},"$defs":{"x":{"properties":{"a":{"anyOf":[{"$ref":"#/$defs/x"},{"$ref":"#/$defs/x"}]},"v":false}}}}"##
            )
        )
        let value = try JSONParser.parse(String(repeating: #"{"a":"#, count: 100) + #"{"v":1}"# + String(repeating: "}", count: 100))
        #expect(!schema.accepts(value))
        #expect(!schema.violations(of: value).isEmpty)
    }

    @Test("large arrays and objects are checked in linear time")
    func large() throws {
        let unique = try JSONSchema(["uniqueItems": true] as JSONObject)
        let numbers = JSONValue.array((0..<50_000).map(JSONValue.int))
        let closed = try JSONSchema(["properties": ["m1": [:], "m2": [:]], "additionalProperties": false] as JSONObject)
        let members = JSONValue.object(JSONObject(members: (0..<50_000).map { JSONObject.Member(key: "m\($0)", value: 1) }))
        let time = ContinuousClock().measure {
            #expect(unique.accepts(numbers))
            #expect(closed.report(on: members).total == 49_998)
        }
        #expect(time < .seconds(60))
    }

    @Test("the schema of the conformance fixture")
    func fixture() throws {
        let schema = #"""
            {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
             "$defs":{"address":{"$anchor":"addressDef","type":"object","properties":{"street":{"type":"string"},"city":{"type":"string"}}}},
             "properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},"contactMethod":{"type":"string","enum":["phone","email"]},
               "phone":{"type":"string"},"email":{"type":"string"}},
             "allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],
             "if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},"then":{"required":["phone"]},"else":{"required":["email"]},
             "additionalProperties":false}
            """#
        try SchemaCase(
            schema,
            valid: [#"{"contactMethod":"phone","phone":"1"}"#, #"{"email":"e","address":{"city":"c"}}"#],
            invalid: [
                #"{"contactMethod":"phone","email":"e"}"#, #"{"phone":"1"}"#, "{}", #"{"email":"e","address":{"city":1}}"#,
                #"{"email":"e","x":1}"#,
            ]
        ).check()
    }
}

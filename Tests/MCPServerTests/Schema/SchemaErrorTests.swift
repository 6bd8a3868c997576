import JSONRPC
import MCPServer
import Testing

@Suite struct SchemaErrorTests {
    @Test(
        "an invalid schema is refused with the place of the mistake",
        arguments: [
            ("1", "#"), ("null", "#"), (#"{"type":"text"}"#, "#/type"), (#"{"type":5}"#, "#/type"), (#"{"type":[]}"#, "#/type"),
            (#"{"type":["string","string"]}"#, "#/type"), (#"{"type":["string",1]}"#, "#/type"), (#"{"enum":"a"}"#, "#/enum"),
            (#"{"minimum":"1"}"#, "#/minimum"), (#"{"maximum":null}"#, "#/maximum"), (#"{"exclusiveMinimum":true}"#, "#/exclusiveMinimum"),
            (#"{"multipleOf":0}"#, "#/multipleOf"), (#"{"multipleOf":-1}"#, "#/multipleOf"),
            (#"{"multipleOf":1.000000000000000000001}"#, "#/multipleOf"),
            (#"{"minLength":-1}"#, "#/minLength"), (#"{"maxLength":1.5}"#, "#/maxLength"), (#"{"maxItems":"1"}"#, "#/maxItems"),
            (#"{"minContains":-1}"#, "#/minContains"), (#"{"minProperties":{}}"#, "#/minProperties"),
            (#"{"uniqueItems":1}"#, "#/uniqueItems"),
            (#"{"pattern":"("}"#, "#/pattern"), (#"{"pattern":1}"#, "#/pattern"),
            (#"{"patternProperties":{"[":true}}"#, "#/patternProperties/["),
            (#"{"required":"a"}"#, "#/required"), (#"{"required":["a","a"]}"#, "#/required"), (#"{"required":[1]}"#, "#/required"),
            (#"{"dependentRequired":{"a":"b"}}"#, "#/dependentRequired/a"), (#"{"dependentRequired":[]}"#, "#/dependentRequired"),
            (#"{"properties":[]}"#, "#/properties"), (#"{"properties":{"a/b":{"type":"x"}}}"#, "#/properties/a~1b/type"),
            (#"{"properties":{"a":5}}"#, "#/properties/a"), (#"{"items":[{}]}"#, "#/items"), (#"{"items":null}"#, "#/items"),
            (#"{"prefixItems":[]}"#, "#/prefixItems"),
            (#"{"allOf":{}}"#, "#/allOf"), (#"{"anyOf":[]}"#, "#/anyOf"), (#"{"oneOf":[1]}"#, "#/oneOf/0"), (#"{"not":1}"#, "#/not"),
            (#"{"$defs":{"unused":{"type":"x"}}}"#, "#/$defs/unused/type"), (#"{"$ref":1}"#, "#/$ref"), (#"{"$anchor":"1a"}"#, "#/$anchor"),
            (#"{"$anchor":"a","items":{"$anchor":"a"}}"#, "#/items/$anchor"), (##"{"$id":"#x"}"##, "#/$id"), (#"{"$id":1}"#, "#/$id"),
            (#"{"$defs":{"a":{"$id":"x"},"b":{"$id":"x"}}}"#, "#/$defs/b/$id"),
            (#"{"$schema":"http://json-schema.org/draft-07/schema#"}"#, "#/$schema"), (#"{"$schema":1}"#, "#/$schema"),
        ]
    )
    func places(schema: String, location: String) throws {
        let value = try JSONParser.parse(schema)
        let error = #expect(throws: JSONSchemaError.self) { try JSONSchema(value) }
        #expect(error?.location == location)
        #expect(error?.description == "\(location): \(error?.problem ?? "")")
    }

    @Test(
        "the 2020-12 dialect may be named",
        arguments: ["https://json-schema.org/draft/2020-12/schema", "https://json-schema.org/draft/2020-12/schema#"]
    )
    func dialect(name: String) throws {
        #expect(try JSONSchema(["$schema": .string(name), "type": "object"] as JSONObject).accepts(.object([:])))
    }

    @Test("nesting and number of subschemas are bounded")
    func bounds() throws {
        func nested(_ depth: Int) throws -> JSONValue {
            try JSONParser.parse(String(repeating: #"{"items":"#, count: depth) + "{}" + String(repeating: "}", count: depth))
        }
        _ = try JSONSchema(nested(64))
        #expect(throws: JSONSchemaError.self) { try JSONSchema(nested(65)) }
        func wide(_ count: Int) -> JSONValue { ["allOf": .array([JSONValue](repeating: [:], count: count))] }
        _ = try JSONSchema(wide(9_000))
        #expect(throws: JSONSchemaError.self) { try JSONSchema(wide(10_000)) }
    }

    @Test("chains of references are bounded")
    func chains() throws {
        func chain(_ length: Int) throws -> JSONValue {
            let definitions = (0..<length).map { ##""d\##($0)":{"$ref":"#/$defs/d\##($0 + 1)"}"## }.joined(separator: ",")
            return try JSONParser.parse(##"{"$ref":"#/$defs/d0","$defs":{\##(definitions),"d\##(length)":true}}"##)
        }
        #expect(try JSONSchema(chain(90)).accepts(1))
        #expect(throws: JSONSchemaError.self) { try JSONSchema(chain(5_000)) }
    }
}

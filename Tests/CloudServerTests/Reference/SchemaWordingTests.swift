import JSONRPC
import Testing

@testable import CloudServer

/// How schemas read in the tool reference.
@Suite struct SchemaWordingTests {
    private static func object(_ text: String) throws -> JSONObject { try #require(try JSONParser.parse(text).objectValue) }

    @Test(arguments: [
        (#"{"type":"string"}"#, "string"), (#"{"type":["integer","null"]}"#, "integer or null"), ("{}", "any value"),
        (#"{"type":["array","null"],"items":{"type":"string"}}"#, "array of string, or null"), (#"{"type":"array"}"#, "array"),
        (#"{"type":"object","additionalProperties":{"type":"array","items":{"type":"object"}}}"#, "object of array of object"),
        (#"{"type":"object","additionalProperties":false}"#, "object"), (#"{"const":"enabled"}"#, #"`"enabled"`"#),
        (#"{"const":true}"#, "`true`"),
        (#"{"enum":["a","b"]}"#, "string"), (#"{"enum":["a",1]}"#, "any value"),
        (#"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#, "string or integer"),
    ])
    func types(_ schema: String, _ words: String) throws { #expect(SchemaWording.type(try Self.object(schema)) == words) }

    @Test(arguments: [
        (#"{"minimum":1,"maximum":100}"#, "1…100"), (#"{"minimum":0,"maximum":9007199254740991}"#, "≥ 0"),
        (#"{"minimum":-9007199254740991,"maximum":5}"#, "≤ 5"), (#"{"maxLength":8192}"#, ""),
        (#"{"minLength":1,"maxLength":8192}"#, "1…8192 characters"),
        (#"{"maxItems":1000,"items":{"maxLength":64,"pattern":"^a|b$"}}"#, "each: ≤ 64 characters; `^a|b$`"),
        (#"{"minItems":1,"maxItems":1000}"#, "1…1000 items"), (#"{"enum":["a","",null,1]}"#, #"`a` `""` `1`"#), ("{}", ""),
    ])
    func bounds(_ schema: String, _ words: String) throws { #expect(SchemaWording.bounds(try Self.object(schema)) == words) }

    @Test(arguments: [
        (#"{"description":"A *."}"#, #"A \*."#), (#"{"items":{"description":"One."}}"#, "One."), ("{}", ""),
        (#"{"description":"All.","items":{"description":"One."}}"#, "All. Each: One."),
    ])
    func meanings(_ schema: String, _ words: String) throws { #expect(SchemaWording.meaning(try Self.object(schema)) == words) }

    @Test func everyValueHasARowAfterItsObject() throws {
        let rows = SchemaRow.all(
            in: try Self.object(
                #"""
                {"type":"object","required":["b"],"properties":{"a":{"type":"array","items":{"type":"object","required":["c"],"properties":{"c":{}}}},
                 "b":{"type":"object","additionalProperties":{"type":"array","items":{"properties":{"d":{}}}}}}}
                """#
            )
        )
        #expect(rows.map(\.path) == ["a", "a[].c", "b", "b.*[].d"])
        #expect(rows.map(\.isRequired) == [false, true, true, false])
    }
}

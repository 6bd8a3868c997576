import JSONRPC
import MCPServer
import Testing

@Suite struct SchemaReferenceTests {
    @Test(
        "references within the schema",
        arguments: [
            SchemaCase(##"{"$ref":"#/$defs/a","$defs":{"a":{"type":"integer"}}}"##, valid: ["1"], invalid: [#""x""#]),
            SchemaCase(
                ##"{"properties":{"a":{"$ref":"#/$defs/a~1b~0c%25d%22"}},"$defs":{"a/b~c%d\"":{"type":"integer"}}}"##,
                valid: [#"{"a":1}"#],
                invalid: [#"{"a":"x"}"#]
            ),
            SchemaCase(##"{"$ref":"#/prefixItems/1","prefixItems":[true,{"minItems":1}]}"##, valid: ["[1,[1]]"], invalid: ["[]"]),
            SchemaCase(##"{"$ref":"#place","$defs":{"x":{"$anchor":"place","type":"integer"}}}"##, valid: ["1"], invalid: [#""x""#]),
            SchemaCase(##"{"$ref":"#/definitions/a","definitions":{"a":{"type":"integer"}}}"##, valid: ["1"], invalid: [#""x""#]),
            SchemaCase(##"{"$ref":"#/x-own/a","x-own":{"a":{"type":"integer"}}}"##, valid: ["1"], invalid: [#""x""#]),
            SchemaCase(##"{"$ref":"#/$defs/a","minimum":5,"$defs":{"a":{"type":"integer"}}}"##, valid: ["5"], invalid: ["4", "5.5"]),
            SchemaCase(
                ##"{"$id":"https://example.com/root","$ref":"item","$defs":{"i":{"$id":"item","$ref":"#/$defs/n","$defs":{"n":{"type":"integer"}}}}}"##,
                valid: ["1"],
                invalid: [#""x""#]
            ),
            SchemaCase(
                ##"{"$id":"https://example.com/a/b","properties":{"x":{"$ref":"../c#d"}},"$defs":{"c":{"$id":"/c","$defs":{"d":{"$anchor":"d","const":1}}}}}"##,
                valid: [#"{"x":1}"#],
                invalid: [#"{"x":2}"#]
            ),
        ]
    )
    func local(schemaCase: SchemaCase) throws { try schemaCase.check() }

    @Test("recursion goes as deep as the value")
    func recursion() throws {
        let schema = ##"{"type":"object","properties":{"v":{"type":"integer"},"next":{"$ref":"#"}},"additionalProperties":false}"##
        try SchemaCase(
            schema,
            valid: [#"{"v":1,"next":{"v":2,"next":{}}}"#],
            invalid: [#"{"next":{"next":{"v":"x"}}}"#, #"{"next":{"w":1}}"#]
        ).check()
        let deep = String(repeating: #"{"next":"#, count: 126) + #"{"v":"x"}"# + String(repeating: "}", count: 126)
        let path = [String](repeating: "next", count: 126).joined(separator: ".") + ".v"
        #expect(try violations(schema, deep) == ["\(path): must be an integer"])
    }

    @Test(
        "dynamic references go to the outermost resource that has the anchor",
        arguments: [
            SchemaCase(
                ##"{"$id":"https://example.com/strict","$dynamicAnchor":"node","$ref":"tree","unevaluatedProperties":false,"$defs":{"t":{"$id":"tree","$dynamicAnchor":"node","type":"object","properties":{"data":true,"children":{"type":"array","items":{"$dynamicRef":"#node"}}}}}}"##,
                valid: [#"{"children":[{"data":1}]}"#],
                invalid: [#"{"children":[{"daat":1}]}"#, #"{"x":1}"#]
            ),
            SchemaCase(##"{"$dynamicRef":"#a","$defs":{"a":{"$dynamicAnchor":"a","type":"integer"}}}"##, valid: ["1"], invalid: [#""x""#]),
            SchemaCase(##"{"$dynamicRef":"#/$defs/a","$defs":{"a":{"type":"integer"}}}"##, valid: ["1"], invalid: [#""x""#]),
        ]
    )
    func dynamic(schemaCase: SchemaCase) throws { try schemaCase.check() }

    @Test(
        "what does not resolve is an error, and nothing is fetched",
        arguments: [
            ("#/$defs/missing", "#/properties/a/$ref"), ("#missing", "#/properties/a/$ref"),
            ("https://example.com/other.json", "#/properties/a/$ref"),
            ("other.json", "#/properties/a/$ref"), ("file:///etc/passwd", "#/properties/a/$ref"),
            ("#/properties/b/0", "#/properties/a/$ref"),
            ("#/$defs/%zz", "#/properties/a/$ref"), ("#/~2", "#/properties/a/$ref"),
            ("https://json-schema.org/draft/2020-12/schema", "#/properties/a/$ref"),
        ]
    )
    func unresolved(reference: String, location: String) {
        let schema: JSONObject = ["type": "object", "properties": ["a": ["$ref": .string(reference)], "b": [:]]]
        let error = #expect(throws: JSONSchemaError.self) { try JSONSchema(schema) }
        #expect(error?.location == location)
        #expect(error?.problem.contains("never fetched") == true)
    }

    @Test(
        "endless recursion is an error",
        arguments: [
            ##"{"$ref":"#"}"##, ##"{"allOf":[{"$ref":"#"}]}"##, ##"{"not":{"anyOf":[{"$ref":"#"}]}}"##, ##"{"if":{"$ref":"#"}}"##,
            ##"{"dependentSchemas":{"a":{"$ref":"#"}}}"##,
            ##"{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}"##,
            ##"{"$dynamicAnchor":"a","$dynamicRef":"#a"}"##,
        ]
    )
    func endless(schema: String) throws {
        let value = try JSONParser.parse(schema)
        let error = #expect(throws: JSONSchemaError.self) { try JSONSchema(value) }
        #expect(error?.problem == "refers to itself without end")
    }
}

import JSONRPC
import MCPServer
import Testing

@Suite struct SchemaViolationTests {
    @Test(
        "messages name the rule and paths the place",
        arguments: [
            (#"{"properties":{"limit":{"type":"integer","maximum":100}}}"#, #"{"limit":101}"#, ["limit: must be ≤ 100"]),
            (#"{"properties":{"limit":{"minimum":1}}}"#, #"{"limit":0}"#, ["limit: must be ≥ 1"]),
            (
                #"{"exclusiveMinimum":0,"exclusiveMaximum":0.5,"multipleOf":0.1}"#, "7.77",
                [": must be < 0.5", ": must be a multiple of 0.1"]
            ),
            (#"{"exclusiveMinimum":0}"#, "0", [": must be > 0"]),
            (#"{"properties":{"ids":{"items":{"type":"string"}}}}"#, #"{"ids":["a","b","c",4]}"#, ["ids[3]: must be a string"]),
            (
                #"{"properties":{"sources":{"items":{"properties":{"params":{"required":["git_url"]}}}}}}"#,
                #"{"sources":[{"params":{}}]}"#,
                ["sources[0].params.git_url: is required"]
            ),
            (#"{"additionalProperties":false}"#, #"{"x":1}"#, ["x: is not allowed"]),
            (#"{"type":"object"}"#, "[]", [": must be an object"]),
            (#"{"type":["string","null"]}"#, "1", [": must be a string or null"]),
            (#"{"type":["integer","boolean","null"]}"#, "[]", [": must be an integer, a boolean or null"]),
            (#"{"type":"string","enum":["ACTIVE","ERROR"]}"#, #""x""#, [#": must be one of "ACTIVE", "ERROR""#]),
            (#"{"type":["string","null"],"enum":["A",null]}"#, #""x""#, [#": must be one of "A", null"#]),
            (#"{"type":"string","enum":["ACTIVE","ERROR"]}"#, "5", [": must be a string"]),
            (#"{"const":1}"#, "2", [": must be 1"]),
            (#"{"minLength":1}"#, #""""#, [": must have at least 1 character"]),
            (#"{"maxLength":64}"#, "\"\(String(repeating: "x", count: 65))\"", [": must have at most 64 characters"]),
            (#"{"pattern":"^a+$"}"#, #""b""#, [": must match ^a+$"]),
            (#"{"minItems":1}"#, "[]", [": must have at least 1 item"]),
            (#"{"maxItems":2}"#, "[1,2,3]", [": must have at most 2 items"]),
            (#"{"uniqueItems":true}"#, "[1,2,1,1]", ["[2]: must not repeat an earlier item", "[3]: must not repeat an earlier item"]),
            (#"{"contains":{"const":1}}"#, "[2]", [": must contain at least 1 item of the required kind"]),
            (#"{"contains":{"const":1},"maxContains":1}"#, "[1,1]", [": must contain at most 1 item of the limited kind"]),
            (#"{"minProperties":1}"#, "{}", [": must have at least 1 member"]),
            (#"{"maxProperties":1}"#, #"{"a":1,"b":1}"#, [": must have at most 1 member"]),
            (#"{"dependentRequired":{"a":["b"]}}"#, #"{"a":1}"#, ["b: is required together with a"]),
            (#"{"propertyNames":{"maxLength":1}}"#, #"{"ab":1}"#, ["ab: is no allowed name"]),
            (#"{"not":{"type":"null"}}"#, "null", [": has a form that is not allowed"]),
            (#"{"oneOf":[{"minimum":1},{"minimum":2}]}"#, "3", [": must have exactly one of the allowed forms, not several"]),
            (#"{"anyOf":[{"minimum":5},{"maximum":1}]}"#, "3", [": must have one of the allowed forms"]),
            (#"{"properties":{"a":true},"unevaluatedProperties":false}"#, #"{"b":1}"#, ["b: is not allowed"]),
            (#"{"prefixItems":[true],"items":false}"#, "[1,2]", ["[1]: is not allowed"]),
        ] as [(String, String, [String])]
    )
    func messages(schema: String, value: String, expected: [String]) throws {
        #expect(try violations(schema, value) == expected)
    }

    @Test("violations come in the order of the schema, then the members that it does not name")
    func order() throws {
        let schema = #"""
            {"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"},"c":{"type":"object","properties":{"d":{"maximum":1}}},"e":{}},
             "required":["e","b","z"],"additionalProperties":false}
            """#
        let value = #"{"y":1,"c":{"d":2},"x":1,"a":1}"#
        #expect(
            try violations(schema, value)
                == [
                    "a: must be a string", "b: is required", "c.d: must be ≤ 1", "e: is required", "z: is required", "y: is not allowed",
                    "x: is not allowed",
                ]
        )
    }

    @Test("of a choice of forms, the one that was meant explains what is missing")
    func forms() throws {
        let nullable = #"{"anyOf":[{"type":"string","maxLength":2},{"type":"null"}]}"#
        #expect(try violations(nullable, #""abc""#) == [": must have at most 2 characters"])
        #expect(try violations(nullable, "1") == [": must be a string or null"])
        let tagged = #"""
            {"oneOf":[{"type":"object","properties":{"kind":{"const":"a"},"x":{"type":"integer"}},"required":["kind","x"]},{"$ref":"#/$defs/b"}],
             "$defs":{"b":{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind","y"]}}}
            """#
        #expect(try violations(tagged, #"{"kind":"a","x":"1"}"#) == ["x: must be an integer"])
        #expect(try violations(tagged, #"{"kind":"b"}"#) == ["y: is required"])
        #expect(try violations(tagged, #"{"kind":"c"}"#) == [": must have one of the allowed forms"])
        #expect(try violations(tagged, "{}") == [": must have one of the allowed forms"])
    }

    @Test("at most 20 violations, then one that tells how many are left out")
    func limit() throws {
        let schema = #"{"items":{"type":"string"}}"#
        let found = try violations(schema, "[" + [String](repeating: "1", count: 25).joined(separator: ",") + "]")
        #expect(found.count == 21)
        #expect(found[19] == "[19]: must be a string")
        #expect(found[20] == ": 5 more problems are left out")
        #expect(try violations(schema, "[1,1]", limit: 1) == ["[0]: must be a string", ": 1 more problem is left out"])
        #expect(try violations(schema, "[1,1]", limit: 2).count == 2)
        let report = try JSONSchema(JSONParser.parse(schema)).report(on: [1, 1, 1], limit: 2)
        #expect(report.total == 3)
        #expect(report.violations.count == 2)
    }

    @Test("the same violation is told once")
    func repeated() throws {
        #expect(try violations(#"{"required":["a"],"allOf":[{"required":["a"]}]}"#, "{}") == ["a: is required"])
    }

    @Test(
        "names from strangers are quoted where they are not plain, and shortened",
        arguments: [
            (#"{"a.b":1}"#, #"["a.b"]"#), (#"{"a[0]":1}"#, #"["a[0]"]"#), (#"{"":1}"#, #"[""]"#), (#"{"a b":1}"#, #"["a b"]"#),
            (#"{"a\nb":1}"#, #"["a\nb"]"#),
            (#"{"é":1}"#, #"["é"]"#), (#"{"a-b_c":1}"#, "a-b_c"), (#"{"x\"y":1}"#, #"["x\"y"]"#),
            ("{\"\(String(repeating: "x", count: 100))\":1}", "[\"\(String(repeating: "x", count: 64))…\"]"),
        ]
    )
    func names(value: String, path: String) throws {
        #expect(try violations(#"{"additionalProperties":false}"#, value) == ["\(path): is not allowed"])
    }

    @Test("no message repeats the offending value")
    func secrecy() throws {
        let schema = #"""
            {"additionalProperties":{"type":"string","enum":["a"],"maxLength":3,"pattern":"^a$"},"propertyNames":{"maxLength":20},"maxProperties":9}
            """#
        let found = try violations(schema, #"{"a":"hunter2","b":{"hunter2":"hunter2"},"c":["hunter2"]}"#)
        #expect(found.count == 3)
        #expect(!found.joined().contains("hunter2"))
    }

    @Test("a long list of choices is cut short")
    func longChoice() throws {
        let choices = (0..<500).map { "\"choice-\($0)\"" }.joined(separator: ",")
        let found = try violations(#"{"enum":[\#(choices)]}"#, "1")
        #expect(found[0].utf8.count < 700)
        #expect(found[0].hasSuffix("…"))
    }
}

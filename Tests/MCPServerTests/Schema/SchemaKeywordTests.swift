import MCPServer
import Testing

@Suite struct SchemaKeywordTests {
    @Test(
        "type",
        arguments: [
            SchemaCase(#"{"type":"null"}"#, valid: ["null"], invalid: ["false", "0", #""""#, "[]", "{}"]),
            SchemaCase(#"{"type":"boolean"}"#, valid: ["true", "false"], invalid: ["null", "0", "1", #""true""#]),
            SchemaCase(
                #"{"type":"integer"}"#,
                valid: ["5", "-0", "5.0", "1e2", "1.5e1", "123456789012345678901234567890", "1e30"],
                invalid: ["5.5", "1e-1", #""5""#, "true", "null", "[5]"]
            ),
            SchemaCase(#"{"type":"number"}"#, valid: ["5", "5.5", "1e400"], invalid: [#""5""#, "null", "false"]),
            SchemaCase(#"{"type":"string"}"#, valid: [#""""#, #""1""#], invalid: ["1", "null", #"["x"]"#]),
            SchemaCase(#"{"type":"array"}"#, valid: ["[]", "[1]"], invalid: ["{}", #""x""#, "null"]),
            SchemaCase(#"{"type":"object"}"#, valid: ["{}", #"{"a":1}"#], invalid: ["[]", "null", "1"]),
            SchemaCase(#"{"type":["string","null"]}"#, valid: [#""x""#, "null"], invalid: ["1", "{}"]),
            SchemaCase(#"{"type":["integer","number"]}"#, valid: ["1", "1.5"], invalid: [#""1""#]),
        ]
    )
    func type(schemaCase: SchemaCase) throws { try schemaCase.check() }

    @Test(
        "enum and const",
        arguments: [
            SchemaCase(
                #"{"enum":["a",1,null,[1],{"x":1,"y":2}]}"#,
                valid: [#""a""#, "1", "1.0", "1e0", "null", "[1]", #"{"y":2,"x":1}"#],
                invalid: [#""A""#, "2", "true", "[1,1]", #"{"x":1}"#]
            ),
            SchemaCase(#"{"enum":[]}"#, invalid: ["null", "1"]),
            SchemaCase(#"{"enum":[0]}"#, valid: ["0", "-0", "0.0"], invalid: ["false", #""0""#, "null"]),
            SchemaCase(#"{"enum":[1,2,3,4,5,6,7,8,9,"x"]}"#, valid: ["9", "9.0", #""x""#], invalid: ["10", #""9""#]),
            SchemaCase(#"{"const":"é"}"#, valid: [#""\u00e9""#], invalid: [#""e\u0301""#]),
            SchemaCase(#"{"const":null}"#, valid: ["null"], invalid: ["0", "false"]),
            SchemaCase(#"{"const":[true]}"#, valid: ["[true]"], invalid: ["[1]", "[]"]),
            SchemaCase(#"{"enum":[1,2],"const":2}"#, valid: ["2"], invalid: ["1"]),
        ]
    )
    func choice(schemaCase: SchemaCase) throws { try schemaCase.check() }

    @Test(
        "numeric bounds and multipleOf",
        arguments: [
            SchemaCase(#"{"minimum":1}"#, valid: ["1", "1.0", "1.1", "1e9", #""x""#, "null"], invalid: ["0", "0.99", "-1", "-1e400"]),
            SchemaCase(#"{"maximum":100}"#, valid: ["100", "1e2", "-1e400"], invalid: ["100.0000000000000000001", "101", "1e3"]),
            SchemaCase(#"{"exclusiveMinimum":0}"#, valid: ["1e-400", "1"], invalid: ["0", "-0.0", "-1"]),
            SchemaCase(#"{"exclusiveMaximum":0.5}"#, valid: ["0.49"], invalid: ["0.5", "5e-1", "1"]),
            SchemaCase(#"{"maximum":9007199254740993}"#, valid: ["9007199254740993"], invalid: ["9007199254740994"]),
            SchemaCase(#"{"maximum":18446744073709551615}"#, valid: ["18446744073709551615"], invalid: ["18446744073709551616"]),
            SchemaCase(
                #"{"multipleOf":5}"#,
                valid: ["0", "10", "-5", "5.0", "1e30", "7e50", #""x""#],
                invalid: ["1", "5.5", "-4", "7e-1"]
            ),
            SchemaCase(#"{"multipleOf":0.01}"#, valid: ["0.01", "4.35", "1", "0.07", "1e300"], invalid: ["0.001", "4.355"]),
            SchemaCase(
                #"{"multipleOf":3}"#,
                valid: ["333333333333333333333333333333", "9e40"],
                invalid: ["333333333333333333333333333334", "1e40"]
            ),
            SchemaCase(#"{"multipleOf":1e2}"#, valid: ["300", "3e2"], invalid: ["30", "350"]),
        ]
    )
    func numbers(schemaCase: SchemaCase) throws { try schemaCase.check() }

    @Test(
        "string lengths count code points",
        arguments: [
            SchemaCase(
                #"{"minLength":2}"#,
                valid: [#""ab""#, #""éé""#, #""e\u0301""#, "1"],
                invalid: [#""""#, #""a""#, #""é""#, #""😀""#]
            ),
            SchemaCase(
                #"{"maxLength":2}"#,
                valid: [#""""#, #""😀😀""#, #""漢字""#, "[1,2,3]"],
                invalid: [#""abc""#, #""e\u0301x""#, #""👨\u200d👩""#]
            ),
            SchemaCase(#"{"minLength":2.0,"maxLength":3e0}"#, valid: [#""ab""#, #""abc""#], invalid: [#""a""#, #""abcd""#]),
        ]
    )
    func lengths(schemaCase: SchemaCase) throws { try schemaCase.check() }

    @Test(
        "pattern is searched for, and its end is the end of the string",
        arguments: [
            SchemaCase(#"{"pattern":"b"}"#, valid: [#""abc""#, #""b""#, "1", "null"], invalid: [#""ac""#, #""""#]),
            SchemaCase(
                #"{"pattern":"^[a-z]{2}$"}"#,
                valid: [#""ab""#],
                invalid: [#""ab\n""#, #""\nab""#, #""ab\r""#, #""abc""#, #""aB""#, #""x\nab""#]
            ),
            SchemaCase(#"{"pattern":"^a|b$"}"#, valid: [#""ax""#, #""xb""#], invalid: [#""xax""#]),
        ]
    )
    func pattern(schemaCase: SchemaCase) throws { try schemaCase.check() }

    @Test(
        "format and content keywords are annotations",
        arguments: [
            SchemaCase(
                #"{"format":"date-time","contentEncoding":"base64","contentSchema":{"type":"string"},"x-own":7,"default":1}"#,
                valid: [#""no date""#, "1"]
            )
        ]
    )
    func annotations(schemaCase: SchemaCase) throws { try schemaCase.check() }

    @Test(
        "arrays",
        arguments: [
            SchemaCase(#"{"items":{"type":"integer"}}"#, valid: ["[]", "[1,2]", #"{"a":"x"}"#], invalid: [#"[1,"x"]"#, "[null]"]),
            SchemaCase(#"{"items":false}"#, valid: ["[]"], invalid: ["[1]"]),
            SchemaCase(
                #"{"prefixItems":[{"type":"integer"},{"type":"string"}]}"#,
                valid: ["[]", "[1]", #"[1,"x",null]"#],
                invalid: [#"["x"]"#, "[1,1]"]
            ),
            SchemaCase(
                #"{"prefixItems":[{"type":"integer"}],"items":{"type":"string"}}"#,
                valid: ["[1]", #"[1,"x"]"#],
                invalid: ["[1,2]", #"["x"]"#]
            ),
            SchemaCase(#"{"minItems":1,"maxItems":2}"#, valid: ["[1]", "[1,2]", #""xyz""#], invalid: ["[]", "[1,2,3]"]),
            SchemaCase(
                #"{"uniqueItems":true}"#,
                valid: ["[]", "[1,2]", #"[1,"1",true,null]"#, "[[1],[2]]", "[0,false]"],
                invalid: ["[1,1]", "[1,1.0]", #"[{"a":1,"b":2},{"b":2,"a":1}]"#, "[[1],[1e0]]", "[null,null]"]
            ),
            SchemaCase(#"{"uniqueItems":false}"#, valid: ["[1,1]"]),
            SchemaCase(#"{"contains":{"const":5}}"#, valid: ["[5]", "[1,5]", #""5""#], invalid: ["[]", "[1]"]),
            SchemaCase(
                #"{"contains":{"const":5},"minContains":2,"maxContains":3}"#,
                valid: ["[5,5]", "[5,1,5,5]"],
                invalid: ["[5]", "[5,5,5,5]"]
            ),
            SchemaCase(#"{"contains":{"const":5},"minContains":0}"#, valid: ["[]", "[1]"]),
            SchemaCase(#"{"minContains":2,"maxContains":1}"#, valid: ["[]", "[1,2,3]"]),
        ]
    )
    func arrays(schemaCase: SchemaCase) throws { try schemaCase.check() }

    @Test(
        "objects",
        arguments: [
            SchemaCase(
                #"{"properties":{"a":{"type":"integer"},"no":false}}"#,
                valid: ["{}", #"{"a":1,"b":2}"#, "[]"],
                invalid: [#"{"a":"x"}"#, #"{"no":1}"#]
            ),
            SchemaCase(#"{"required":["a","b"]}"#, valid: [#"{"a":null,"b":1}"#, "[]"], invalid: ["{}", #"{"a":1}"#, #"{"A":1,"b":1}"#]),
            SchemaCase(
                #"{"properties":{"a":true},"additionalProperties":false}"#,
                valid: ["{}", #"{"a":1}"#],
                invalid: [#"{"b":1}"#, #"{"a":1,"":1}"#]
            ),
            SchemaCase(#"{"required":["b"],"additionalProperties":false}"#, invalid: [#"{"b":1}"#, "{}"]),
            SchemaCase(#"{"properties":{"\u00e9":true},"additionalProperties":false}"#, valid: [#"{"é":1}"#], invalid: [#"{"e\u0301":1}"#]),
            SchemaCase(
                #"{"properties":{"a":true},"additionalProperties":{"type":"string"}}"#,
                valid: [#"{"a":1,"b":"x"}"#],
                invalid: [#"{"a":1,"b":2}"#]
            ),
            SchemaCase(
                #"{"properties":{"x1":{"minimum":5}},"patternProperties":{"^x":{"type":"integer"},"z$":{"type":"string"}},"additionalProperties":false}"#,
                valid: [#"{"x1":5,"x2":1,"az":"s"}"#],
                invalid: [#"{"x1":4}"#, #"{"x1":5.5}"#, #"{"x2":"s"}"#, #"{"xz":1}"#, #"{"a":1}"#]
            ),
            SchemaCase(
                #"{"propertyNames":{"pattern":"^[a-z]+$","maxLength":3}}"#,
                valid: ["{}", #"{"abc":1}"#],
                invalid: [#"{"A":1}"#, #"{"abcd":1}"#, #"{"":1}"#]
            ),
            SchemaCase(#"{"minProperties":1,"maxProperties":2}"#, valid: [#"{"a":1}"#, "[]"], invalid: ["{}", #"{"a":1,"b":1,"c":1}"#]),
            SchemaCase(
                #"{"dependentRequired":{"a":["b","c"]}}"#,
                valid: ["{}", #"{"b":1}"#, #"{"a":1,"b":1,"c":1}"#],
                invalid: [#"{"a":1}"#, #"{"a":1,"b":1}"#]
            ),
            SchemaCase(
                #"{"dependentSchemas":{"a":{"required":["b"],"properties":{"b":{"type":"integer"}}}}}"#,
                valid: ["{}", #"{"b":"x"}"#, #"{"a":1,"b":1}"#],
                invalid: [#"{"a":1}"#, #"{"a":1,"b":"x"}"#]
            ),
        ]
    )
    func objects(schemaCase: SchemaCase) throws { try schemaCase.check() }

    @Test("objects with many properties")
    func manyProperties() throws {
        let properties = (0..<50).map { #""p\#($0)":{"const":\#($0)}"# }.joined(separator: ",")
        let all = "{" + (0..<50).reversed().map { #""p\#($0)":\#($0)"# }.joined(separator: ",") + "}"
        try SchemaCase(
            #"{"properties":{\#(properties)},"required":["p7"],"additionalProperties":false}"#,
            valid: [all, #"{"p7":7}"#],
            invalid: [#"{"p7":8}"#, #"{"p7":7,"p50":1}"#, "{}"]
        ).check()
    }

    @Test(
        "composition",
        arguments: [
            SchemaCase(#"{"allOf":[{"type":"integer"},{"minimum":2}]}"#, valid: ["2"], invalid: ["1", #""x""#]),
            SchemaCase(#"{"anyOf":[{"type":"integer"},{"minLength":2}]}"#, valid: ["1", #""ab""#, "[]"], invalid: [#""a""#]),
            SchemaCase(#"{"oneOf":[{"multipleOf":2},{"multipleOf":3}]}"#, valid: ["2", "3"], invalid: ["6", "1", #""x""#]),
            SchemaCase(#"{"not":{"type":"integer"}}"#, valid: [#""x""#], invalid: ["1"]),
            SchemaCase(#"{"not":{"not":{"type":"integer"}}}"#, valid: ["1"], invalid: [#""x""#]),
            SchemaCase(
                #"{"if":{"properties":{"k":{"const":"a"}},"required":["k"]},"then":{"required":["a"]},"else":{"required":["b"]}}"#,
                valid: [#"{"k":"a","a":1}"#, #"{"k":"x","b":1}"#, #"{"b":1}"#],
                invalid: [#"{"k":"a","b":1}"#, "{}", #"{"a":1}"#]
            ),
            SchemaCase(#"{"then":false,"else":false}"#, valid: ["1"]),
            SchemaCase(#"{"if":{"const":1},"then":false}"#, valid: ["2"], invalid: ["1"]),
            SchemaCase(#"{"if":{"const":1},"else":false}"#, valid: ["1"], invalid: ["2"]),
        ]
    )
    func composition(schemaCase: SchemaCase) throws { try schemaCase.check() }

    @Test(
        "boolean and empty schemas",
        arguments: [
            SchemaCase("true", valid: ["1", "null", "{}"]), SchemaCase("false", invalid: ["1", "null", "{}"]),
            SchemaCase("{}", valid: ["1", "null"]),
        ]
    )
    func booleans(schemaCase: SchemaCase) throws { try schemaCase.check() }

    @Test(
        "unevaluatedProperties",
        arguments: [
            SchemaCase(
                #"{"allOf":[{"properties":{"a":true}}],"properties":{"b":true},"unevaluatedProperties":false}"#,
                valid: ["{}", #"{"a":1,"b":1}"#],
                invalid: [#"{"c":1}"#]
            ),
            SchemaCase(#"{"allOf":[{"properties":{"a":true}},{"unevaluatedProperties":false}]}"#, valid: ["{}"], invalid: [#"{"a":1}"#]),
            SchemaCase(
                #"{"anyOf":[{"properties":{"a":{"const":1}},"required":["a"]},{"properties":{"b":true}}],"unevaluatedProperties":false}"#,
                valid: [#"{"a":1,"b":1}"#, #"{"b":1}"#],
                invalid: [#"{"a":2}"#, #"{"a":1,"c":1}"#]
            ),
            SchemaCase(
                #"{"if":{"properties":{"a":{"const":1}},"required":["a"]},"then":{"properties":{"b":true}},"else":{"properties":{"c":true}},"unevaluatedProperties":false}"#,
                valid: [#"{"a":1,"b":1}"#, #"{"c":1}"#],
                invalid: [#"{"a":1,"c":1}"#, #"{"a":2}"#, #"{"b":1}"#]
            ),
            SchemaCase(
                ##"{"$ref":"#/$defs/x","$defs":{"x":{"properties":{"a":true}}},"unevaluatedProperties":{"type":"string"}}"##,
                valid: [#"{"a":1,"b":"x"}"#],
                invalid: [#"{"b":1}"#]
            ),
            SchemaCase(#"{"patternProperties":{"^x":true},"unevaluatedProperties":false}"#, valid: [#"{"x1":1}"#], invalid: [#"{"y":1}"#]),
            SchemaCase(#"{"additionalProperties":true,"unevaluatedProperties":false}"#, valid: [#"{"y":1}"#]),
            SchemaCase(#"{"not":{"not":{"properties":{"a":true}}},"unevaluatedProperties":false}"#, invalid: [#"{"a":1}"#]),
            SchemaCase(
                #"{"dependentSchemas":{"a":{"properties":{"b":true}}},"properties":{"a":true},"unevaluatedProperties":false}"#,
                valid: [#"{"a":1,"b":1}"#],
                invalid: [#"{"b":1}"#]
            ),
        ]
    )
    func unevaluatedProperties(schemaCase: SchemaCase) throws { try schemaCase.check() }

    @Test(
        "unevaluatedItems",
        arguments: [
            SchemaCase(#"{"prefixItems":[true],"unevaluatedItems":false}"#, valid: ["[]", "[1]"], invalid: ["[1,2]"]),
            SchemaCase(#"{"items":true,"unevaluatedItems":false}"#, valid: ["[1,2]"]),
            SchemaCase(#"{"contains":{"const":1},"unevaluatedItems":{"const":2}}"#, valid: ["[1,2]", "[2,1,1]"], invalid: ["[1,3]"]),
            SchemaCase(
                #"{"anyOf":[{"prefixItems":[{"const":1},true]},{"prefixItems":[true]}],"unevaluatedItems":false}"#,
                valid: ["[1,2]", "[2]"],
                invalid: ["[2,2]"]
            ),
        ]
    )
    func unevaluatedItems(schemaCase: SchemaCase) throws { try schemaCase.check() }
}

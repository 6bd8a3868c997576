import JSONRPC
import Testing

@testable import MCPServer

/// mcp.md §2.4: arguments that are mirrored into `Mcp-Param-*`.
@Suite struct HeaderParameterTests {
    private func parameters(_ properties: JSONObject) throws -> [HeaderParameter] {
        try HeaderParameter.all(in: ["type": "object", "properties": .object(properties)])
    }

    private func code(_ arguments: JSONObject, _ headers: [String: [String]]) throws -> Int? {
        let mirrored = try parameters([
            "region": ["type": "string", "x-mcp-header": "Region"],
            "options": ["type": "object", "properties": ["count": ["type": "integer", "x-mcp-header": "Count"]]],
            "dry": ["type": "boolean", "x-mcp-header": "Dry-Run"],
        ])
        do throws(JSONRPCError) {
            try RoutingHeaders(version: [], method: [], name: [], parameters: headers).check(mirrored, arguments)
            return nil
        } catch {
            return error.code.rawValue
        }
    }

    @Test(arguments: ["Region", "X", "a.b-c_d", "1"]) func tokensAreNames(_ name: String) throws {
        #expect(try parameters(["p": ["type": "string", "x-mcp-header": .string(name)]]).map(\.header) == [name])
    }

    @Test(arguments: ["", "a b", "a:b", "ü", "a\n", "(a)", 1, .null, [:]] as [JSONValue]) func everythingElseIsRefused(_ name: JSONValue) {
        #expect(throws: JSONSchemaError.self) { try parameters(["p": ["type": "string", "x-mcp-header": name]]) }
    }

    @Test(arguments: ["number", "array", "object", "null", .null, ["string", "null"]] as [JSONValue])
    func onlyStringsIntegersAndBooleansAreMirrored(_ type: JSONValue) {
        #expect(throws: JSONSchemaError.self) { try parameters(["p": ["type": type, "x-mcp-header": "P"]]) }
    }

    @Test func namesAreUniqueInAnyCase() {
        let twice: JSONObject = [
            "a": ["type": "string", "x-mcp-header": "Region"], "b": ["type": "string", "x-mcp-header": "REGION"],
        ]
        #expect(throws: JSONSchemaError.self) { try parameters(twice) }
    }

    @Test(arguments: ["items", "oneOf", "anyOf", "allOf", "not", "if", "$defs", "additionalProperties", "patternProperties"])
    func onlyPropertiesLeadToOne(_ keyword: String) {
        let marked: JSONValue = ["type": "string", "x-mcp-header": "P"]
        let inner: JSONValue =
            switch keyword {
            case "oneOf", "anyOf", "allOf": [marked]
            case "$defs", "patternProperties": ["x": marked]
            default: marked
            }
        #expect(throws: JSONSchemaError.self) { try parameters(["p": .object(["type": "object", keyword: inner])]) }
    }

    @Test func propertyOfThatNameIsNoMark() throws {
        #expect(try parameters(["x-mcp-header": ["type": "string"]]).isEmpty)
    }

    @Test func equalValuesPass() throws {
        let arguments: JSONObject = ["region": "north", "options": ["count": 42], "dry": true]
        #expect(try code(arguments, ["region": ["north"], "count": ["42"], "dry-run": ["true"]]) == nil)
        #expect(try code(arguments, ["region": ["=?base64?bm9ydGg=?="], "count": ["42.0"], "dry-run": ["true"]]) == nil)
    }

    @Test(
        arguments: [
            ["region": []], ["region": ["south"]], ["region": ["North"]], ["region": ["north", "north"]],
            ["region": ["=?base64?bm9ydGg?="]],
        ] as [[String: [String]]]
    )
    func missingDifferentAndRepeatedOnesAreMismatches(_ headers: [String: [String]]) throws {
        #expect(try code(["region": "north"], headers) == -32020)
    }

    @Test(arguments: ["41", "forty-two", "", "\"42\"", "4 2"]) func otherNumbersAreMismatches(_ text: String) throws {
        #expect(try code(["options": ["count": 42]], ["count": [text]]) == -32020)
    }

    @Test(arguments: ["True", "1", "false", "yes"]) func otherBooleansAreMismatches(_ text: String) throws {
        #expect(try code(["dry": true], ["dry-run": [text]]) == -32020)
    }

    @Test(arguments: [[:], ["region": .null]] as [JSONObject]) func headerWithoutItsArgumentIsAMismatch(_ arguments: JSONObject) throws {
        #expect(try code(arguments, [:]) == nil)
        #expect(try code(arguments, ["region": ["north"]]) == -32020)
    }

    @Test func unknownHeadersAreNotLookedAt() throws {
        #expect(try code([:], ["other": ["x", "y"]]) == nil)
    }

    @Test func argumentOfAnotherTypeIsAMismatch() throws {
        #expect(try code(["region": ["a": 1]], ["region": ["{\"a\":1}"]]) == -32020)
        #expect(try code(["options": 5], ["count": ["5"]]) == -32020, "nothing is at the property's path")
    }
}

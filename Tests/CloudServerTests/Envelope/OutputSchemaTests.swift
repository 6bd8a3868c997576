import JSONRPC
import MCPServer
import Testing

@testable import CloudServer

@Suite struct OutputSchemaTests {
    private let schema = OutputSchema.envelope(data: OutputSchema.object(["count": ["type": "integer"]]))

    private func isValid(_ envelope: JSONValue) throws -> Bool { try JSONSchema(schema).violations(of: envelope).isEmpty }

    @Test func theRootIsAnObjectThatRequiresOk() {
        #expect(schema["type"] == "object")
        #expect(schema["required"] == ["ok"])
        #expect(schema["oneOf"]?.arrayValue?.count == 2)
    }

    @Test(arguments: [
        (#"{"ok":true,"data":{"count":1}}"#, true), (#"{"ok":true,"data":{"count":1,"more":2}}"#, true),
        (#"{"ok":true,"data":{"count":"1"}}"#, false), (#"{"ok":true}"#, false), (#"{"ok":true,"data":{}}"#, false),
        (#"{"ok":false,"error":{"code":"X","message":"Y"}}"#, true), (#"{"ok":false,"error":{"code":1,"message":"Y"}}"#, false),
        (#"{"ok":false,"error":{"code":"X"}}"#, false), (#"{"ok":false,"data":{"count":1}}"#, false), (#"{"data":{"count":1}}"#, false),
        (#"{"ok":false,"error":{"code":"X","message":"Y","retryable":null}}"#, false),
    ])
    func describesBothOutcomes(envelope: String, valid: Bool) throws {
        #expect(try isValid(JSONParser.parse(envelope)) == valid)
    }

    @Test func membersAreRequiredUnlessSaidOtherwise() {
        #expect(OutputSchema.object(["a": [:], "b": [:]])["required"] == ["a", "b"])
        #expect(OutputSchema.object(["a": [:], "b": [:]], required: ["b"])["required"] == ["b"])
        #expect(OutputSchema.object(["a": [:]], required: [])["required"] == nil)
    }
}

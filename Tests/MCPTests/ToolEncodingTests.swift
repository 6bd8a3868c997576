import JSONRPC
import Testing

@testable import MCP

@Suite struct ToolEncodingTests {
    private let tool = Tool(
        name: "t",
        title: "T",
        description: "d",
        inputSchema: ["type": "object"],
        outputSchema: ["type": "object"],
        annotations: ToolAnnotations(readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true)
    )

    @Test func revision2024HasNeitherAnnotationsNorTitleNorOutputSchema() {
        #expect(tool.json(.v2024_11_05).objectValue?.keys == ["name", "description", "inputSchema"])
    }

    @Test func revision2025MarchAddsAnnotationsWithTheTitleInside() {
        let json = tool.json(.v2025_03_26)
        #expect(json.objectValue?.keys == ["name", "description", "inputSchema", "annotations"])
        #expect(json["annotations"]?["title"] == "T")
    }

    @Test(arguments: [ProtocolRevision.v2025_06_18, .v2025_11_25])
    func laterRevisionsHaveEverything(_ revision: ProtocolRevision) {
        #expect(tool.json(revision).objectValue?.keys == ["name", "title", "description", "inputSchema", "outputSchema", "annotations"])
    }

    @Test func outputSchemaOfNoObjectIsForTheNewestRevisionOnly() {
        let list = Tool(name: "t", inputSchema: ["type": "object"], outputSchema: ["type": "array"])
        #expect(list.json(.v2025_11_25)["outputSchema"] == nil)
        #expect(list.json(.v2026_07_28)["outputSchema"] == ["type": "array"])
    }

    @Test func sendsAllFourHintsExplicitly() {
        #expect(
            tool.json(.v2025_11_25)["annotations"]?.objectValue?.keys
                == ["title", "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"]
        )
    }

    @Test func structuredContentExistsFrom2025JuneAndIsAnObjectBefore2026() {
        let object = CallToolResult(content: [.text("x")], structuredContent: ["a": 1])
        let array = CallToolResult(content: [.text("x")], structuredContent: [1])
        #expect(object.json(.v2025_03_26)["structuredContent"] == nil)
        #expect(object.json(.v2025_06_18)["structuredContent"] == ["a": 1])
        #expect(array.json(.v2025_11_25)["structuredContent"] == nil)
        #expect(array.json(.v2026_07_28)["structuredContent"] == [1])
    }

    @Test func structuredNullDiffersFromNone() {
        #expect(CallToolResult(content: [], structuredContent: .null).json(.v2026_07_28)["structuredContent"] == .null)
        #expect(CallToolResult(content: []).json(.v2026_07_28)["structuredContent"] == nil)
    }
}

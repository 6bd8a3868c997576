import MCP
import MCPServer

/// One tool for each kind of content.
enum ContentTools {
    static func all() throws -> [ServerTool] {
        [
            try tool("test_simple_text", "Returns one text.", [.text("A plain text.")]),
            try tool("test_image_content", "Returns one picture.", [Media.image]),
            try tool("test_audio_content", "Returns one sound.", [Media.audio]),
            try tool(
                "test_embedded_resource",
                "Returns one resource with its contents.",
                [Media.resource("test://embedded-resource", "The contents of the resource.")]
            ),
            try tool(
                "test_multiple_content_types",
                "Returns a text, a picture and a resource.",
                [.text("Three blocks follow one another."), Media.image, Media.resource("test://mixed-resource", "The third block.")]
            ),
        ]
    }

    private static func tool(_ name: String, _ description: String, _ content: [ContentBlock]) throws -> ServerTool {
        try ServerTool(Tool(name: name, description: description, inputSchema: Schema.none)) { _, _ in CallToolResult(content: content) }
    }
}

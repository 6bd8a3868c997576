import JSONRPC
import MCP
import MCPServer

/// Tools with structured results: right, wrong, and whatever was sent.
enum StructuredTools {
    static func all() throws -> [ServerTool] { [try echo(), try weather(), try invalid()] }

    private static func echo() throws -> ServerTool {
        let tool = Tool(
            name: "test_echo",
            description: "Returns its argument unchanged.",
            inputSchema: Schema.object(["value": [:]], required: ["value"]),
            outputSchema: ["type": "object", "properties": ["value": [:]], "required": ["value"]]
        )
        return try ServerTool(tool) { arguments, _ in .structured(["value": arguments["value"] ?? .null]) }
    }

    private static func weather() throws -> ServerTool {
        let tool = Tool(
            name: "test_structured_output",
            description: "Reports the weather of a city.",
            inputSchema: Schema.object(["city": ["type": "string", "minLength": 1]], required: ["city"]),
            outputSchema: Schema.weather
        )
        return try ServerTool(tool) { arguments, _ in
            .structured(["city": arguments["city"] ?? "", "temperature": 21, "conditions": ["sunny", "windy"]])
        }
    }

    private static func invalid() throws -> ServerTool {
        let tool = Tool(
            name: "test_structured_invalid",
            description: "Breaks its own output schema.",
            inputSchema: Schema.none,
            outputSchema: Schema.weather
        )
        return try ServerTool(tool) { _, _ in .structured(["city": 42]) }
    }
}

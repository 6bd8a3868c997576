import JSONRPC
import MCP
import MCPServer

/// A tool whose arguments clients of 2026-07-28 repeat in headers.
enum HeaderTool {
    static func make() throws -> ServerTool {
        let properties: JSONObject = [
            "region": ["type": "string", "x-mcp-header": "Region"],
            "count": ["type": "integer", "x-mcp-header": "Count"],
            "dry_run": ["type": "boolean", "x-mcp-header": "Dry-Run"],
        ]
        let input = Schema.object(properties, required: ["region"])
        return try ServerTool(Tool(name: "test_header_param", description: "Takes arguments that are in headers too.", inputSchema: input))
        {
            _,
            _ in
            .text("Headers and arguments agree.")
        }
    }
}

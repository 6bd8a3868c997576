import JSONRPC
import MCP
import MCPServer

/// Tools that announce changes; nothing really changes.
enum AnnouncementTools {
    static func all(_ changes: ChangeHub) throws -> [ServerTool] {
        [
            try tool("test_trigger_tool_change", "Announces that the tools have changed.", Schema.none, changes) { _ in .toolsListChanged },
            try tool("test_trigger_prompt_change", "Announces that the prompts have changed.", Schema.none, changes) { _ in
                .promptsListChanged
            },
            try tool("test_trigger_resource_update", "Announces that a resource has changed.", Schema.strings("uri"), changes) {
                arguments in
                .resourceUpdated(uri: arguments["uri"]?.stringValue ?? "")
            },
        ]
    }

    private static func tool(
        _ name: String,
        _ description: String,
        _ input: JSONObject,
        _ changes: ChangeHub,
        change: @escaping @Sendable (JSONObject) -> ServerChange
    ) throws -> ServerTool {
        try ServerTool(Tool(name: name, description: description, inputSchema: input)) { arguments, _ in
            await changes.announce(change(arguments))
            return .text("Announced.")
        }
    }
}

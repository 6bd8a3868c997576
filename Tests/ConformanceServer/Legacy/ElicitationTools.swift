import JSONRPC
import MCP
import MCPServer

/// Tools that ask the user to fill in a form.
enum ElicitationTools {
    static func all() throws -> [ServerTool] {
        [
            try tool("test_elicitation", "Asks the user for a name.", Schema.strings("message")) { arguments in
                .form(arguments["message"]?.stringValue ?? "", schema: ElicitationForms.account)
            },
            try tool("test_elicitation_sep1034_defaults", "Asks the user with values to start from.", Schema.none) { _ in
                .form("Keep these values or change them.", schema: ElicitationForms.defaults)
            },
            try tool("test_elicitation_sep1330_enums", "Asks the user to choose.", Schema.none) { _ in
                .form("Choose.", schema: ElicitationForms.choices)
            },
        ]
    }

    private static func tool(
        _ name: String,
        _ description: String,
        _ input: JSONObject,
        question: @escaping @Sendable (JSONObject) -> InputRequest
    ) throws -> ServerTool {
        try ServerTool(Tool(name: name, description: description, inputSchema: input), eras: [.legacy]) { arguments, context in
            await context.answer(to: question(arguments)) { answer in
                let content = answer["content"] ?? [:]
                return "The user answered: action=\(answer["action"]?.stringValue ?? "none"), content=\(content.text())"
            }
        }
    }
}

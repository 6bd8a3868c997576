import JSONRPC
import MCP

extension CallToolResult {
    /// A text and nothing else.
    static func text(_ text: String) -> CallToolResult { CallToolResult(content: [.text(text)]) }

    /// A value, also as text for clients that do not look at values.
    static func structured(_ value: JSONValue) -> CallToolResult {
        CallToolResult(content: [.text(value.text())], structuredContent: value)
    }
}

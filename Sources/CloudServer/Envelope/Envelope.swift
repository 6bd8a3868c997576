package import JSONRPC
package import MCP

/// The outcome of a tool call as every server of this family sends it (servers.md §1).
package enum Envelope: Sendable, Hashable {
    /// The call succeeded.
    case success(JSONObject)
    /// The call failed; the texts are clean already (``ErrorText``).
    case failure(ToolError)

    /// `{"ok":true,"data":…}` or `{"ok":false,"error":…}`.
    package var json: JSONObject {
        switch self {
        case .success(let data): ["ok": true, "data": .object(data)]
        case .failure(let error): ["ok": false, "error": .object(error.json)]
        }
    }

    /// One text block with the compact text, the same as structured content, and `isError` as the opposite of `ok`.
    package var result: CallToolResult {
        let value = JSONValue.object(json)
        let isError: Bool =
            switch self {
            case .success: false
            case .failure: true
            }
        return CallToolResult(content: [.text(value.text(.compact))], structuredContent: value, isError: isError)
    }
}

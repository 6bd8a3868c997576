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

    /// One text block with the compact text, as far as the budget reaches, the same as structured content, and `isError` as the opposite of
    /// `ok`.
    ///
    /// - Parameter isStructured: Whether the client receives structured content.
    package func result(budget: TextBudget = .default, isStructured: Bool = true) -> CallToolResult {
        let value = JSONValue.object(json)
        let isError: Bool =
            switch self {
            case .success: false
            case .failure: true
            }
        let text = budget.fit(value.text(.compact), isStructured: isStructured)
        return CallToolResult(content: [.text(text)], structuredContent: value, isError: isError)
    }
}

import MCP
package import MCPServer

extension RequestContext {
    /// Whether the client can show its user a form: it declared so, and its revision has elicitation.
    package var canAskUser: Bool { revision >= .v2025_06_18 && clientCapabilities.formElicitation }
}

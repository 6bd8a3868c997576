public import MCP

/// A server: who it is and what it offers.
///
/// A value that is complete before the first message and never changes.
public struct MCPServer: Sendable {
    /// Who the server is.
    public let info: Implementation
    /// Guidance for the model.
    public let instructions: String?
    /// The tools in the order of `tools/list`.
    public let tools: [ServerTool]
    private let toolIndex: [String: Int]

    /// A server.
    ///
    /// - Precondition: tool names are distinct.
    public init(info: Implementation, instructions: String? = nil, tools: [ServerTool]) {
        self.info = info
        self.instructions = instructions
        self.tools = tools
        var index: [String: Int] = [:]
        for (position, tool) in tools.enumerated() {
            let previous = index.updateValue(position, forKey: tool.definition.name)
            precondition(previous == nil, "two tools are named \(tool.definition.name)")
        }
        toolIndex = index
    }

    /// The tool of that name.
    func tool(_ name: String) -> ServerTool? { toolIndex[name].map { tools[$0] } }

    /// What the server offers.
    var capabilities: ServerCapabilities { ServerCapabilities(tools: !tools.isEmpty) }
}

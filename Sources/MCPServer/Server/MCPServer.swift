public import MCP

/// A server: who it is and what it offers.
///
/// A value that is complete before the first message and never changes.
public struct MCPServer: Sendable {
    /// Suggests values for an argument; nil when the prompt or template does not exist.
    public typealias Complete = @Sendable (CompleteRequest, RequestContext) async throws -> Completion?

    /// Who the server is.
    public let info: Implementation
    /// Guidance for the model.
    public let instructions: String?
    /// The tools in the order of `tools/list`.
    public let tools: [ServerTool]
    /// The prompts in the order of `prompts/list`.
    public let prompts: [ServerPrompt]
    /// The resources, if there are any.
    public let resources: ServerResources?
    /// Whether handlers send log messages to the client.
    public let logs: Bool
    /// Where changes are announced, if they are.
    public let changes: ChangeHub?
    let complete: Complete?
    private let toolIndex: [String: Int]

    /// A server.
    ///
    /// - Precondition: tool names are distinct.
    public init(
        info: Implementation,
        instructions: String? = nil,
        tools: [ServerTool],
        prompts: [ServerPrompt] = [],
        resources: ServerResources? = nil,
        complete: Complete? = nil,
        logs: Bool = false,
        changes: ChangeHub? = nil
    ) {
        self.info = info
        self.instructions = instructions
        self.tools = tools
        self.prompts = prompts
        self.resources = resources
        self.complete = complete
        self.logs = logs
        self.changes = changes
        var index: [String: Int] = [:]
        for (position, tool) in tools.enumerated() {
            let previous = index.updateValue(position, forKey: tool.definition.name)
            precondition(previous == nil, "two tools are named \(tool.definition.name)")
        }
        toolIndex = index
    }

    /// The tool of that name, if the era has it and the caller's tool policy does not leave it out.
    func tool(_ name: String, _ context: RequestContext) -> ServerTool? {
        guard let tool = toolIndex[name].map({ tools[$0] }), tool.eras.contains(context.era), tool.exists(for: context.identity) else {
            return nil
        }
        return tool
    }

    /// What the server offers.
    var capabilities: ServerCapabilities {
        ServerCapabilities(
            tools: !tools.isEmpty,
            prompts: !prompts.isEmpty,
            resources: resources != nil,
            completions: complete != nil,
            logging: logs,
            announcements: changes != nil
        )
    }
}

import JSONRPC
package import MCPServer

/// The tools of one server: those it declares and the confirm tool, after the filter.
package struct Toolbox: Sendable {
    /// All tools in the order of `tools/list`, the dropped ones too.
    package let all: [CloudTool]
    /// Which of them are offered.
    package let filter: ToolFilter

    private let confirmTool: String
    private let result: JSONObject

    /// The declared tools, and the confirm tool last if any of them has two phases.
    package init(_ tools: [CloudTool], confirmation: Confirmation, filter: ToolFilter, approvals: Approvals) {
        let twoPhase = tools.filter(\.isTwoPhase).map(\.name)
        let offered = twoPhase.filter { filter.verdict($0) == .kept }
        let confirm = ConfirmTool(tools, approvals: approvals)?.declaration(confirmation, previews: offered.isEmpty ? twoPhase : offered)
        all = tools + (confirm.map { [$0] } ?? [])
        self.filter = filter
        confirmTool = approvals.confirmTool
        result = confirmation.output
    }

    /// The tools of a server: those that it declares, and those that all servers have.
    package init<Definition: CloudServerDefinition>(
        _ definition: Definition.Type,
        _ access: CloudAccess,
        filter: ToolFilter = ToolFilter(),
        approvals: Approvals
    ) {
        self.init(
            Definition.tools(access) + [WhoAmI.tool(definition, access, policy: approvals.policy)],
            confirmation: Definition.confirmation,
            filter: filter,
            approvals: approvals
        )
    }

    /// The tools that are offered.
    package var kept: [CloudTool] { all.filter { filter.verdict($0.name) == .kept } }

    /// What is odd about the filter.
    package var warnings: [String] { filter.warnings(all, confirmTool: confirmTool) }

    /// The offered tools as the framework serves them.
    ///
    /// - Throws: when an input schema is no valid schema, which is a bug of its declaration.
    package func serverTools(_ environment: ToolEnvironment) throws(JSONSchemaError) -> [ServerTool] {
        var tools: [ServerTool] = []
        let kept = kept
        for tool in kept { tools.append(try ToolPipeline(tool, environment, result: result, offered: kept).serverTool()) }
        return tools
    }
}

import AuthCommon
package import JSONRPC
import MCPServer

/// The one declaration of a tool: texts, role, effect, input, output and what it does (design decision 1).
///
/// The schema that is advertised is the schema that validates and that ``Arguments`` reads by.
package struct CloudTool: Sendable {
    /// The unique name.
    package let name: String
    /// The name for people.
    package let title: String
    /// What it does and when to use it, for the model.
    package let description: String
    /// Who may call it.
    package let role: RoleRule
    /// What it does to the world.
    package let effect: ToolEffect
    /// Its parameters.
    package let input: ObjectSchema
    /// The JSON Schema of `data`.
    ///
    /// Of a two-phase tool this includes the preview (``PreparedOperation/dataSchema(members:required:)``).
    package let output: JSONObject
    /// Gives invalid arguments another error than `INVALID_PARAMS`, where a tool's table demands it; receives that error.
    package let rewordInvalidParams: (@Sendable (ToolError) -> ToolError)?
    /// What it does.
    package let body: ToolBody

    /// A tool.
    package init(
        name: String,
        title: String,
        description: String,
        role: RoleRule,
        effect: ToolEffect,
        input: ObjectSchema,
        output: JSONObject,
        rewordInvalidParams: (@Sendable (ToolError) -> ToolError)? = nil,
        body: ToolBody
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.role = role
        self.effect = effect
        self.input = input
        self.output = output
        self.rewordInvalidParams = rewordInvalidParams
        self.body = body
    }

    /// Whether calls of it may need an approval.
    package var isTwoPhase: Bool {
        switch body {
        case .immediate: false
        case .twoPhase: true
        }
    }

    /// Whether it is shown to the caller, tool policies apart: the caller holds its minimum role, and the client can do what it may need.
    func isListed(_ request: RequestContext, _ policy: ApprovalPolicy) -> Bool {
        request.identity?.holds(role.minimum) ?? false && policy.lists(effect, clientCanAsk: request.canAskUser)
    }
}

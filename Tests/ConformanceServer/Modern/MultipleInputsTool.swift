import JSONRPC
import MCP
import MCPServer

/// Asks three things at once.
enum MultipleInputsTool {
    static func make(_ states: RoundStates) throws -> ServerTool {
        try InputTools.tool("multiple_inputs", "Asks three things at once.") { name, context in
            let questions = [
                Question.form("user_name", "What is your name?", field: "name"),
                .sampling("greeting", "Write a greeting.", maxTokens: 50),
                .roots("client_roots"),
            ]
            let answers = questions.compactMap { $0.answer(in: context.inputResponses) }
            guard try states.content(name, context) != nil, answers.count == questions.count else {
                throw try context.demanding(questions, state: states.seal(["asked": 3], name, context))
            }
            return .text("\(answers[0].stringValue ?? ""): \(answers[1].stringValue ?? ""), \(answers[2].arrayValue?.count ?? 0) roots.")
        }
    }
}

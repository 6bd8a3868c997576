import JSONRPC
import MCP
import MCPServer

/// Asks only what the client can answer.
enum CapabilitiesTool {
    static func make(_ states: RoundStates) throws -> ServerTool {
        try InputTools.tool("capabilities", "Asks what the client can answer.") { name, context in
            let questions = [
                Question.form("elicit_input", "Which value?", field: "value"), .sampling("sample_input", "Write something."),
            ]
            guard context.inputResponses.isEmpty else { return .text("An answer came.") }
            let possible = questions.filter { $0.request.isSupported(by: context.clientCapabilities) }
            guard !possible.isEmpty else { return .text("This client can be asked nothing.") }
            throw try context.demanding(possible, state: states.seal(["asked": .int(possible.count)], name, context))
        }
    }
}

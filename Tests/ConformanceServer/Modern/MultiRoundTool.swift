import JSONRPC
import MCP
import MCPServer

/// Asks one thing after the other.
enum MultiRoundTool {
    static func make(_ states: RoundStates) throws -> ServerTool {
        try InputTools.tool("multi_round", "Asks twice.") { name, context in
            let first = Question.form("step1", "What is your name?", field: "name")
            let second = Question.form("step2", "Which colour do you like?", field: "color")
            let state = try states.content(name, context)
            switch state?["round"] {
            case 2:
                guard let color = second.answer(in: context.inputResponses) else {
                    throw try context.demanding([second], state: states.seal(state ?? [:], name, context))
                }
                return .text("\(state?["name"]?.stringValue ?? "") likes \(color.stringValue ?? "").")
            case 1:
                guard let answer = first.answer(in: context.inputResponses) else { break }
                throw try context.demanding([second], state: states.seal(["round": 2, "name": answer], name, context))
            default: break
            }
            throw try context.demanding([first], state: states.seal(["round": 1], name, context))
        }
    }
}

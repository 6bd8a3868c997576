import JSONRPC
import MCP
import MCPServer

/// Tools of 2026-07-28 that ask for answers by their result.
enum InputTools {
    static let prefix = "test_input_required_result_"

    static func all(_ states: RoundStates) throws -> [ServerTool] {
        [
            try stateless("elicitation", "Asks for a name.", .form("user_name", "What is your name?", field: "name")) { name in
                "Hello, \(name.stringValue ?? "")!"
            },
            try stateless("sampling", "Asks the client's model.", .sampling("sample_request", "Name a river.")) { text in
                "The model said: \(text.stringValue ?? "nothing")"
            },
            try stateless("list_roots", "Asks for the client's roots.", .roots("roots_request")) { roots in
                "The client has \(roots.arrayValue?.count ?? 0) roots."
            },
            try confirmed("request_state", "Asks for a confirmation and remembers it.", states),
            try MultipleInputsTool.make(states),
            try MultiRoundTool.make(states),
            try confirmed("tampered_state", "Refuses what it has not remembered itself.", states),
            try CapabilitiesTool.make(states),
        ]
    }

    /// A tool that asks by its result.
    static func tool(
        _ suffix: String,
        _ description: String,
        _ handle: @escaping @Sendable (_ name: String, RequestContext) async throws -> CallToolResult
    ) throws -> ServerTool {
        let name = prefix + suffix
        return try ServerTool(Tool(name: name, description: description, inputSchema: Schema.none), eras: [.modern]) { _, context in
            try await handle(name, context)
        }
    }

    private static func stateless(
        _ suffix: String,
        _ description: String,
        _ question: Question,
        text: @escaping @Sendable (JSONValue) -> String
    ) throws -> ServerTool {
        try tool(suffix, description) { _, context in .text(text(try context.demand(question))) }
    }

    private static func confirmed(_ suffix: String, _ description: String, _ states: RoundStates) throws -> ServerTool {
        try tool(suffix, description) { name, context in
            let question = Question.form("confirm", "Is that all right?", field: "ok", type: "boolean")
            let isGenuine = try states.content(name, context) != nil
            guard isGenuine, question.answer(in: context.inputResponses) == true else {
                throw try context.demanding([question], state: states.seal(["asked": true], name, context))
            }
            // The scenario looks for this word.
            return .text("state-ok: confirmed, with a genuine state.")
        }
    }
}

import JSONRPC
import MCP
import MCPServer

/// A tool that asks the client's model.
enum SamplingTool {
    static func all() throws -> [ServerTool] {
        let tool = Tool(name: "test_sampling", description: "Asks the client's model.", inputSchema: Schema.strings("prompt"))
        return [
            try ServerTool(tool, eras: [.legacy]) { arguments, context in
                let question = InputRequest.sampling(prompt: arguments["prompt"]?.stringValue ?? "", maxTokens: 100)
                return await context.answer(to: question) { answer in
                    "The model said: \(answer["content"]?["text"]?.stringValue ?? "nothing")"
                }
            }
        ]
    }
}

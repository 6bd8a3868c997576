import JSONRPC
import MCP
import MCPServer

extension RequestContext {
    /// Asks the client one thing and tells the answer; the result is a failure when there is none.
    func answer(to question: InputRequest, text: (JSONValue) -> String) async -> CallToolResult {
        do {
            let answers = try await ask([("answer", question)])
            return .text(text(answers["answer"] ?? .null))
        } catch InputFailure.unsupported(let capability) {
            return .failure("This client does not support \(capability).")
        } catch InputFailure.refused(let error) {
            return .failure("The client answered with an error: \(error.message)")
        } catch {
            return .failure("The client did not answer.")
        }
    }
}

extension InputRequest {
    /// Asks the client's model one thing.
    static func sampling(prompt: String, maxTokens: Int) -> InputRequest {
        .sampling([
            "messages": [["role": "user", "content": ["type": "text", "text": .string(prompt)]]],
            "maxTokens": .int(maxTokens),
        ])
    }
}

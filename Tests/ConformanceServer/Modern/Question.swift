import JSONRPC
import MCP

/// Something that a tool asks, and how its answer is read.
struct Question: Sendable {
    /// The key under which it is asked.
    let key: String
    /// What is asked.
    let request: InputRequest
    /// The part of the answer that is of interest; nil for one that does not count.
    let read: @Sendable (JSONValue) -> JSONValue?

    /// Asks for one field of a form.
    static func form(_ key: String, _ message: String, field: String, type: String = "string") -> Question {
        Question(key: key, request: .form(message, schema: Schema.form(field, type))) { answer in
            guard case .accept(let content)? = ElicitResult(answer), let value = content[field], value.kind == type else { return nil }
            return value
        }
    }

    /// Asks the client's model.
    static func sampling(_ key: String, _ prompt: String, maxTokens: Int = 100) -> Question {
        Question(key: key, request: .sampling(prompt: prompt, maxTokens: maxTokens)) { answer in
            answer["content"].map { $0["text"] ?? "" }
        }
    }

    /// Asks for the client's roots.
    static func roots(_ key: String) -> Question { Question(key: key, request: .roots) { $0["roots"]?.arrayValue.map(JSONValue.array) } }

    /// The answer among those that the client sent along.
    func answer(in responses: JSONObject) -> JSONValue? { responses[key].flatMap(read) }
}

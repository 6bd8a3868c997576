public import JSONRPC

/// The answer to `prompts/get`.
public struct GetPromptResult: Sendable, Hashable {
    /// One message of the conversation that the prompt starts.
    public struct Message: Sendable, Hashable {
        /// Who speaks.
        public enum Role: String, Sendable, Hashable {
            case user
            case assistant
        }

        /// Who speaks.
        public var role: Role
        /// What is said.
        public var content: ContentBlock

        /// A message.
        public init(role: Role = .user, content: ContentBlock) {
            self.role = role
            self.content = content
        }
    }

    /// What the prompt is for.
    public var description: String?
    /// The messages.
    public var messages: [Message]

    /// A result.
    public init(description: String? = nil, messages: [Message]) {
        self.description = description
        self.messages = messages
    }

    /// The wire form.
    public func json(_ revision: ProtocolRevision) -> JSONValue {
        var object: JSONObject = [:]
        object.set("description", description.map(JSONValue.string))
        object["messages"] = .array(
            messages.compactMap { message in
                message.content.json(revision).map { ["role": .string(message.role.rawValue), "content": $0] }
            }
        )
        return .object(object)
    }
}

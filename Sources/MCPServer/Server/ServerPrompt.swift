public import MCP

/// A prompt with its behaviour.
public struct ServerPrompt: Sendable {
    /// Makes the messages from the arguments, all of them text and the required ones present.
    public typealias Get = @Sendable ([String: String], RequestContext) async throws -> GetPromptResult

    /// What `prompts/list` shows.
    public let definition: Prompt
    package let isListed: @Sendable (RequestContext) -> Bool
    package let get: Get

    /// A prompt.
    public init(_ definition: Prompt, isListed: @escaping @Sendable (RequestContext) -> Bool = { _ in true }, get: @escaping Get) {
        self.definition = definition
        self.isListed = isListed
        self.get = get
    }
}

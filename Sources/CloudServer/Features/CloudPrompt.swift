import MCP

/// A prompt for a whole job: instructions that name the tools to use and in which order.
package struct CloudPrompt: Sendable {
    /// An argument with its suggestions.
    package struct Argument: Sendable {
        let definition: Prompt.Argument
        let suggestions: Suggestions?

        /// An argument.
        package init(_ name: String, _ description: String, required: Bool = false, suggestions: Suggestions? = nil) {
            definition = Prompt.Argument(name: name, description: description, required: required)
            self.suggestions = suggestions
        }
    }

    /// The arguments that a client gave, each on one line and of bounded length; blank ones are not given.
    package struct Values: Sendable {
        /// The longest value, in Unicode scalars.
        static let maximumLength = 256

        private let values: [String: String]

        init(_ raw: [String: String]) {
            values = raw.compactMapValues { text in
                let line = ErrorText.cut(ErrorText.singleLine(text), to: Self.maximumLength)
                return line.isEmpty ? nil : line
            }
        }

        /// The value of an optional argument.
        package subscript(_ name: String) -> String? { values[name] }

        /// The value of a required argument; a question mark when a client sent a blank one.
        package func text(_ name: String) -> String { values[name] ?? "?" }
    }

    /// What `prompts/list` shows.
    let definition: Prompt
    /// The tools without which the job cannot be done; the prompt exists for those who may use them all.
    let tools: [String]
    let arguments: [Argument]
    let text: @Sendable (Values) -> String

    /// A prompt.
    package init(
        name: String,
        title: String,
        description: String,
        arguments: [Argument],
        tools: [String],
        text: @escaping @Sendable (Values) -> String
    ) {
        definition = Prompt(name: name, title: title, description: description, arguments: arguments.map(\.definition))
        self.tools = tools
        self.arguments = arguments
        self.text = text
    }
}

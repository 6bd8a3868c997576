import JSONRPC
import MCP
import MCPServer

/// Prompts with and without arguments, with every kind of content.
enum FixturePrompts {
    static let all: [ServerPrompt] = [simple, withArguments, withResource, withImage, inputRequired]

    /// The one whose arguments can be completed.
    static let completable = Prompt(
        name: "test_prompt_with_arguments",
        description: "Has two arguments.",
        arguments: [argument("arg1"), argument("arg2")]
    )

    private static let simple = ServerPrompt(Prompt(name: "test_simple_prompt", description: "Has no arguments.")) { _, _ in
        GetPromptResult(messages: [.init(content: .text("A plain prompt."))])
    }

    private static let withArguments = ServerPrompt(completable) { arguments, _ in
        let text = "The first is \(arguments["arg1"] ?? ""), the second is \(arguments["arg2"] ?? "")."
        return GetPromptResult(messages: [.init(content: .text(text))])
    }

    private static let withResource = ServerPrompt(
        Prompt(
            name: "test_prompt_with_embedded_resource",
            description: "Holds a resource.",
            arguments: [argument("resourceUri")]
        )
    ) { arguments, _ in
        GetPromptResult(messages: [
            .init(content: Media.resource(arguments["resourceUri"] ?? "", "The contents of the resource.")),
            .init(content: .text("Look at the resource.")),
        ])
    }

    private static let withImage = ServerPrompt(Prompt(name: "test_prompt_with_image", description: "Holds a picture.")) { _, _ in
        GetPromptResult(messages: [.init(content: Media.image), .init(content: .text("Look at the picture."))])
    }

    private static let inputRequired = ServerPrompt(
        Prompt(name: InputTools.prefix + "prompt", description: "Asks for a context first."),
        isListed: { $0.era == .modern },
        get: { _, context in
            let question = Question.form("user_context", "In which context?", field: "context")
            let answer = try context.demand(question)
            return GetPromptResult(messages: [.init(content: .text("Mind the context: \(answer.stringValue ?? "")."))])
        }
    )

    private static func argument(_ name: String) -> Prompt.Argument {
        Prompt.Argument(name: name, description: "The value of \(name).", required: true)
    }
}

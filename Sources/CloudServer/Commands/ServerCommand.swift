import ArgumentParser

/// The command of one server: its options, and help that teaches how to start it.
struct ServerCommand<Definition: CloudServerDefinition>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Definition.executable,
            abstract: Definition.abstract,
            discussion: HelpText.discussion(Definition.self),
            version: "\(Definition.executable) \(ProductVersion.current)"
        )
    }

    @OptionGroup var options: ServerOptions
}

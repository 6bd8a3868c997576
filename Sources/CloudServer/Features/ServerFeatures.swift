/// What a server offers beside tools: resources, prompts, and suggestions for their arguments.
package struct ServerFeatures: Sendable {
    /// Families of resources, each read by a tool.
    package let resources: [ResourceFamily]
    /// Prompts for whole jobs, in the order of `prompts/list`.
    package let prompts: [CloudPrompt]

    /// Features; without arguments none.
    package init(resources: [ResourceFamily] = [], prompts: [CloudPrompt] = []) {
        self.resources = resources
        self.prompts = prompts
    }
}

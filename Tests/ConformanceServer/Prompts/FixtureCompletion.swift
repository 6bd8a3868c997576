import MCP
import MCPServer

/// Completes the arguments of one prompt and the variable of the template.
enum FixtureCompletion {
    private static let words = ["paris", "park", "party", "test1", "test2"]

    static let complete: MCPServer.Complete = { request, _ in
        switch request.reference {
        case .prompt(FixturePrompts.completable.name), .resource("test://template/{id}/data"): break
        case .prompt(let name) where FixturePrompts.all.contains { $0.definition.name == name }: return Completion(values: [])
        case .prompt, .resource: return nil
        }
        return Completion(values: words.filter { $0.hasPrefix(request.value) })
    }
}

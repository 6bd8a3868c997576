package import AuthCommon
import CloudServer
import JSONRPC
import MCP
import MCPServer
import Testing

/// What a server offers beside tools, as a client reaches it.
extension ServerBench {
    /// The text of a resource; nil when there is none of that URI.
    package func read(_ uri: String, as role: Role? = Self.usualRole) async throws -> String? {
        let resources = try #require(served.features.resources)
        guard let contents = try await resources.read(uri, context(role, "ada"))?.first, case .text(let text) = contents.body else {
            return nil
        }
        #expect(contents.uri == uri)
        #expect(contents.mimeType == "application/json")
        return text
    }

    /// The text of a prompt; nil when the caller has none of that name.
    package func prompt(_ name: String, _ arguments: [String: String], as role: Role? = Self.usualRole) async throws -> String? {
        let context = context(role, "ada")
        guard let prompt = served.features.prompts.first(where: { $0.definition.name == name && $0.isListed(context) }) else { return nil }
        guard case .text(let text)? = try await prompt.get(arguments, context).messages.first?.content else { return nil }
        return text
    }

    /// The suggestions for an argument of a prompt, or for a variable when a template is named.
    package func suggestions(
        _ reference: String,
        _ argument: String,
        _ typed: String,
        as role: Role? = Self.usualRole
    ) async throws -> [String]? {
        let complete = try #require(served.features.complete)
        let ref: JSONObject =
            reference.contains("{")
            ? ["type": "ref/resource", "uri": .string(reference)] : ["type": "ref/prompt", "name": .string(reference)]
        let request = try CompleteRequest(
            params: ["ref": .object(ref), "argument": ["name": .string(argument), "value": .string(typed)]]
        )
        return try await complete(request, context(role, "ada"))?.values
    }

    /// How many characters `tools/list` has: names, descriptions and input schemas; and with output schemas.
    package var listLength: (inputs: Int, all: Int) {
        let tools = tools.map(\.definition)
        let inputs = tools.map { $0.name.count + ($0.description ?? "").count + $0.inputSchema.text().count }.reduce(0, +)
        return (inputs, inputs + tools.map { ($0.outputSchema ?? [:]).text().count }.reduce(0, +))
    }
}

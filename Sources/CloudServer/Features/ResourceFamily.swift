package import JSONRPC
package import MCP

/// A family of resources that are what a tool answers: the same roles, checks, masking, log and errors.
package struct ResourceFamily: Sendable {
    /// The URIs, as clients are told.
    package let template: ResourceTemplate
    /// The tool that reads one; the family exists for those for whom the tool exists.
    package let tool: String
    /// The tool's arguments for the values of the template's variables.
    package let arguments: @Sendable ([String: String]) -> JSONObject
    /// The cloud's own codes that mean that there is no such object, beside `NOT_FOUND` and HTTP 404.
    package let missingCodes: Set<String>
    /// Suggestions for variables, by their names.
    package let suggestions: [String: Suggestions]

    /// A family whose contents are JSON.
    ///
    /// - Parameters:
    ///   - uriTemplate: For example `huaweicloud://ecs/servers/{id}`.
    ///   - name: The programmatic name.
    package init(
        _ uriTemplate: String,
        name: String,
        title: String,
        description: String,
        tool: String,
        arguments: @escaping @Sendable ([String: String]) -> JSONObject,
        missingCodes: Set<String> = [],
        suggestions: [String: Suggestions] = [:]
    ) {
        template = ResourceTemplate(
            uriTemplate: uriTemplate,
            name: name,
            title: title,
            description: description,
            mimeType: "application/json"
        )
        self.tool = tool
        self.arguments = arguments
        self.missingCodes = missingCodes
        self.suggestions = suggestions
    }
}

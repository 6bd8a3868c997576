public import JSONRPC

/// The definition of a tool as `tools/list` shows it.
public struct Tool: Sendable, Hashable {
    /// The unique name, `A–Z a–z 0–9 _ - .`, at most 64 characters.
    public var name: String
    /// The name for people.
    public var title: String?
    /// What the tool does and when to use it, for the model.
    public var description: String?
    /// The JSON Schema of the arguments; the root is an object schema.
    public var inputSchema: JSONObject
    /// The JSON Schema of `structuredContent`.
    public var outputSchema: JSONObject?
    /// Hints.
    public var annotations: ToolAnnotations?

    /// A tool.
    public init(
        name: String,
        title: String? = nil,
        description: String? = nil,
        inputSchema: JSONObject,
        outputSchema: JSONObject? = nil,
        annotations: ToolAnnotations? = nil
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.inputSchema = inputSchema
        self.outputSchema = outputSchema
        self.annotations = annotations
    }

    /// The wire form with the members that the revision has: before 2025-06-18 the title travels inside the annotations, and only an object
    /// may be structured content before 2026-07-28.
    public func json(_ revision: ProtocolRevision) -> JSONValue {
        var object: JSONObject = ["name": .string(name)]
        if revision >= .v2025_06_18 { object.set("title", title.map(JSONValue.string)) }
        object.set("description", description.map(JSONValue.string))
        object["inputSchema"] = .object(inputSchema)
        if revision >= .v2026_07_28 || (revision >= .v2025_06_18 && outputSchema?["type"] == "object") {
            object.set("outputSchema", outputSchema.map(JSONValue.object))
        }
        if revision >= .v2025_03_26 { object.set("annotations", annotations?.json(title: title)) }
        return .object(object)
    }
}

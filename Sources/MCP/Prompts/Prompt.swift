public import JSONRPC

/// A prompt as `prompts/list` shows it.
public struct Prompt: Sendable, Hashable {
    /// An argument; its value is text.
    public struct Argument: Sendable, Hashable {
        /// The name.
        public var name: String
        /// What it is for.
        public var description: String?
        /// Whether it must be given.
        public var required: Bool

        /// An argument.
        public init(name: String, description: String? = nil, required: Bool = false) {
            self.name = name
            self.description = description
            self.required = required
        }
    }

    /// The unique name.
    public var name: String
    /// The name for people (from 2025-06-18).
    public var title: String?
    /// What it is for.
    public var description: String?
    /// Its arguments.
    public var arguments: [Argument]

    /// A prompt.
    public init(name: String, title: String? = nil, description: String? = nil, arguments: [Argument] = []) {
        self.name = name
        self.title = title
        self.description = description
        self.arguments = arguments
    }

    /// The wire form.
    public func json(_ revision: ProtocolRevision) -> JSONValue {
        var object: JSONObject = ["name": .string(name)]
        if revision >= .v2025_06_18 { object.set("title", title.map(JSONValue.string)) }
        object.set("description", description.map(JSONValue.string))
        if !arguments.isEmpty {
            object["arguments"] = .array(
                arguments.map { argument in
                    var json: JSONObject = ["name": .string(argument.name)]
                    json.set("description", argument.description.map(JSONValue.string))
                    json["required"] = .bool(argument.required)
                    return .object(json)
                }
            )
        }
        return .object(object)
    }
}

package import JSONRPC

/// Short spellings of the JSON Schemas that results consist of.
package enum Shape {
    /// Any value.
    package static let anything: JSONValue = .object([:])

    /// A text.
    package static func text(_ description: String? = nil) -> JSONValue { value("string", description) }

    /// A text, or null when unknown.
    package static func textOrNull(_ description: String? = nil) -> JSONValue { value(["string", "null"], description) }

    /// An integer.
    package static func integer(_ description: String? = nil) -> JSONValue { value("integer", description) }

    /// An integer, or null when unknown.
    package static func integerOrNull(_ description: String? = nil) -> JSONValue { value(["integer", "null"], description) }

    /// A boolean.
    package static func flag(_ description: String? = nil) -> JSONValue { value("boolean", description) }

    /// A boolean, or null when unknown.
    package static func flagOrNull(_ description: String? = nil) -> JSONValue { value(["boolean", "null"], description) }

    /// An array of such elements.
    package static func array(of element: JSONValue, _ description: String? = nil) -> JSONValue {
        value("array", description, "items", element)
    }

    /// An object whose members are all present, unless `required` names fewer.
    package static func object(_ members: JSONObject, required: [String]? = nil, _ description: String? = nil) -> JSONValue {
        .object(OutputSchema.object(members, required: required, description: description))
    }

    /// An object with arbitrary names and such values.
    package static func map(to element: JSONValue, _ description: String? = nil) -> JSONValue {
        value("object", description, "additionalProperties", element)
    }

    /// An object whose members are not described.
    package static func openObject(_ description: String) -> JSONValue { value("object", description) }

    private static func value(
        _ type: JSONValue,
        _ description: String?,
        _ keyword: String? = nil,
        _ element: JSONValue = .null
    ) -> JSONValue {
        var schema: JSONObject = ["type": type]
        schema.set("description", description.map(JSONValue.string))
        if let keyword { schema[keyword] = element }
        return .object(schema)
    }
}

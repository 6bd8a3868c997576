import CloudServer
import JSONRPC

/// Short spellings of the JSON Schemas that the results consist of.
enum Shape {
    /// Any value.
    static let anything: JSONValue = .object([:])

    /// A text.
    static func text(_ description: String? = nil) -> JSONValue { value("string", description) }

    /// A text, or null when unknown.
    static func textOrNull(_ description: String? = nil) -> JSONValue { value(["string", "null"], description) }

    /// An integer.
    static func integer(_ description: String? = nil) -> JSONValue { value("integer", description) }

    /// An integer, or null when unknown.
    static func integerOrNull(_ description: String? = nil) -> JSONValue { value(["integer", "null"], description) }

    /// A boolean.
    static func flag(_ description: String? = nil) -> JSONValue { value("boolean", description) }

    /// A boolean, or null when unknown.
    static func flagOrNull(_ description: String? = nil) -> JSONValue { value(["boolean", "null"], description) }

    /// An array of such elements.
    static func array(of element: JSONValue, _ description: String? = nil) -> JSONValue {
        var schema: JSONObject = ["type": "array"]
        schema.set("description", description.map(JSONValue.string))
        schema["items"] = element
        return .object(schema)
    }

    /// An object whose members are all present, unless `required` names fewer.
    static func object(_ members: JSONObject, required: [String]? = nil, _ description: String? = nil) -> JSONValue {
        .object(OutputSchema.object(members, required: required, description: description))
    }

    /// An object whose members are not described.
    static func openObject(_ description: String) -> JSONValue { value("object", description) }

    private static func value(_ type: JSONValue, _ description: String?) -> JSONValue {
        var schema: JSONObject = ["type": type]
        schema.set("description", description.map(JSONValue.string))
        return .object(schema)
    }
}

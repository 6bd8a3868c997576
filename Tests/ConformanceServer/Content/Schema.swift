import JSONRPC

/// Schemas of the fixture.
enum Schema {
    /// No arguments.
    static let none: JSONObject = ["type": "object", "additionalProperties": false]

    /// An object with these properties and no others.
    static func object(_ properties: JSONObject, required: [String]) -> JSONObject {
        [
            "type": "object", "properties": .object(properties), "required": .array(required.map(JSONValue.string)),
            "additionalProperties": false,
        ]
    }

    /// An object of required strings.
    static func strings(_ names: String...) -> JSONObject {
        var properties: JSONObject = [:]
        for name in names { properties[name] = ["type": "string"] }
        return object(properties, required: names)
    }

    /// A form with one required field.
    static func form(_ field: String, _ type: String) -> JSONObject {
        ["type": "object", "properties": .object([field: ["type": .string(type)]]), "required": [.string(field)]]
    }

    /// A weather report.
    static let weather = object(
        [
            "city": ["type": "string"], "temperature": ["type": "number"],
            "conditions": ["type": "array", "items": ["type": "string"]],
        ],
        required: ["city", "temperature", "conditions"]
    )
}

import JSONRPC

/// The forms that the elicitation tools show.
enum ElicitationForms {
    /// Two required texts.
    static let account: JSONObject = [
        "type": "object",
        "properties": [
            "username": ["type": "string", "description": "The name to sign in with"],
            "email": ["type": "string", "description": "Where mail goes"],
        ],
        "required": ["username", "email"],
    ]

    /// A default for each primitive type.
    static let defaults: JSONObject = [
        "type": "object",
        "properties": [
            "name": ["type": "string", "default": "John Doe"],
            "age": ["type": "integer", "default": 30],
            "score": ["type": "number", "default": .optional(95.5)],
            "status": ["type": "string", "enum": ["active", "inactive", "pending"], "default": "active"],
            "verified": ["type": "boolean", "default": true],
        ],
    ]

    /// Every way to write a choice.
    static let choices: JSONObject = [
        "type": "object",
        "properties": [
            "untitledSingle": ["type": "string", "enum": options],
            "titledSingle": ["type": "string", "oneOf": titles],
            "legacyEnum": ["type": "string", "enum": options, "enumNames": ["The first", "The second", "The third"]],
            "untitledMulti": ["type": "array", "items": ["type": "string", "enum": options]],
            "titledMulti": ["type": "array", "items": ["anyOf": titles]],
        ],
    ]

    private static let options: JSONValue = ["first", "second", "third"]

    private static let titles: JSONValue = [
        ["const": "first", "title": "The first"], ["const": "second", "title": "The second"], ["const": "third", "title": "The third"],
    ]
}

extension JSONValue {
    /// A number with a fraction, or `null` when it is not finite.
    fileprivate static func optional(_ value: Double) -> JSONValue { JSONNumber(value).map(JSONValue.number) ?? .null }
}

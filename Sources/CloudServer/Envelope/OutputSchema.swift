package import JSONRPC

/// Builds the output schema that a tool advertises: both outcomes of the envelope (servers.md §1).
package enum OutputSchema {
    /// The schema of the envelope whose `data` has this schema.
    package static func envelope(data: JSONObject) -> JSONObject {
        [
            "type": "object",
            "properties": ["ok": ["type": "boolean"]],
            "required": ["ok"],
            "oneOf": [
                ["properties": ["ok": ["const": true], "data": .object(data)], "required": ["data"]],
                ["properties": ["ok": ["const": false], "error": .object(error)], "required": ["error"]],
            ],
        ]
    }

    /// An object schema that lists its members and stays open for additions.
    ///
    /// - Parameters:
    ///   - properties: Name → schema, in the documented order.
    ///   - required: The members that are always present; nil = all of them.
    package static func object(_ properties: JSONObject, required: [String]? = nil, description: String? = nil) -> JSONObject {
        var schema: JSONObject = ["type": "object"]
        schema.set("description", description.map(JSONValue.string))
        schema["properties"] = .object(properties)
        let names = required ?? properties.keys
        if !names.isEmpty { schema["required"] = .array(names.map(JSONValue.string)) }
        return schema
    }

    /// The schema of a value that has one of several shapes.
    package static func oneOfShapes(_ schemas: [JSONObject]) -> JSONObject {
        ["type": "object", "anyOf": .array(schemas.map(JSONValue.object))]
    }

    /// The schema of the `error` member.
    ///
    /// Without descriptions: it is repeated in every tool, and the names say what they are (servers.md §1).
    static let error: JSONObject = object(
        [
            "code": ["type": "string"], "message": ["type": "string"], "hint": ["type": "string"], "request_id": ["type": "string"],
            "status_code": ["type": "integer"], "retryable": ["type": "boolean"],
            "details": ["type": "array", "items": ["type": "object"]],
        ],
        required: ["code", "message"]
    )
}

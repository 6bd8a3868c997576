package import JSONRPC

/// Builds the output schema that a tool advertises: both outcomes of the envelope (servers.md §1).
package enum OutputSchema {
    /// The schema of the envelope whose `data` has this schema.
    package static func envelope(data: JSONObject) -> JSONObject {
        [
            "type": "object",
            "properties": ["ok": ["type": "boolean", "description": "Whether the call succeeded."]],
            "required": ["ok"],
            "oneOf": [
                ["properties": ["ok": ["const": true], "data": .object(data)], "required": ["ok", "data"]],
                ["properties": ["ok": ["const": false], "error": .object(error)], "required": ["ok", "error"]],
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
    static let error: JSONObject = object(
        [
            "code": ["type": "string", "description": "Stable name of the failure, or the cloud API's own code."],
            "message": ["type": "string", "maxLength": .int(ErrorText.maximumLength), "description": "One sentence for a person."],
            "hint": ["type": "string", "description": "What to do next."],
            "request_id": ["type": "string", "description": "The cloud's request id, for its support."],
            "status_code": ["type": "integer", "description": "The HTTP status."],
            "retryable": ["type": "boolean", "description": "Whether repeating the very same call is safe and may succeed."],
            "details": [
                "type": "array",
                "items": .object(object(["path": ["type": "string"], "message": ["type": "string"]])),
            ],
        ],
        required: ["code", "message"]
    )
}

package import JSONRPC

/// The JSON Schema of one value, with the bounds that servers.md §2 sets where a tool states none.
package struct ValueSchema: Sendable, Hashable {
    /// The most code points of a string without a stated bound.
    package static let defaultMaxLength = 8_192
    /// The most items of an array without a stated bound.
    package static let defaultMaxItems = 1_000
    /// The largest magnitude of an integer without a stated bound: exact in every JSON implementation.
    package static let defaultMaxInteger = 9_007_199_254_740_991

    /// The schema.
    package let json: JSONObject

    private init(_ json: JSONObject) { self.json = json }

    /// A string.
    ///
    /// `enum` lists the only values; `pattern` matches the whole string if it is anchored.
    package static func string(
        minLength: Int? = nil,
        maxLength: Int? = nil,
        pattern: String? = nil,
        enum values: [String]? = nil
    ) -> ValueSchema {
        var json: JSONObject = ["type": "string"]
        if let values {
            json["enum"] = .array(values.map(JSONValue.string))
            return ValueSchema(json)
        }
        json.set("minLength", minLength.map(JSONValue.int))
        json["maxLength"] = .int(maxLength ?? defaultMaxLength)
        json.set("pattern", pattern.map(JSONValue.string))
        return ValueSchema(json)
    }

    /// An integer; a number with an integral value is one, too.
    package static func integer(minimum: Int? = nil, maximum: Int? = nil) -> ValueSchema {
        ValueSchema([
            "type": "integer", "minimum": .int(minimum ?? -defaultMaxInteger), "maximum": .int(maximum ?? defaultMaxInteger),
        ])
    }

    /// A boolean.
    package static var boolean: ValueSchema { ValueSchema(["type": "boolean"]) }

    /// An array.
    package static func array(of items: ValueSchema, minItems: Int? = nil, maxItems: Int? = nil) -> ValueSchema {
        var json: JSONObject = ["type": "array", "items": .object(items.json)]
        json.set("minItems", minItems.map(JSONValue.int))
        json["maxItems"] = .int(maxItems ?? defaultMaxItems)
        return ValueSchema(json)
    }

    /// An object that has these members and no others.
    package static func object(_ properties: [Property]) -> ValueSchema { ValueSchema(ObjectSchema(properties).json) }

    /// The schema of this value or null.
    ///
    /// An enum gets null as a value; with ``EmptyText/absent`` it and a pattern accept `""` as well.
    func nullable(_ empty: EmptyText) -> ValueSchema {
        var json = json
        guard let type = json["type"] else { return self }
        json["type"] = .array([type, "null"])
        if empty == .absent {
            if let pattern = json["pattern"]?.stringValue { json["pattern"] = .string("^$|" + pattern) }
            if json["minLength"] == 1 { json["minLength"] = nil }
        }
        if let values = json["enum"]?.arrayValue {
            json["enum"] = .array(values + (empty == .absent && !values.contains("") ? [""] : []) + [.null])
        }
        return ValueSchema(json)
    }

    /// The schema with a description in front and a default at the end.
    func annotated(description: String, default value: JSONValue?) -> ValueSchema {
        var annotated: JSONObject = [:]
        for member in json {
            annotated[member.key] = member.value
            if member.key == "type" { annotated["description"] = .string(description) }
        }
        annotated.set("default", value)
        return ValueSchema(annotated)
    }
}

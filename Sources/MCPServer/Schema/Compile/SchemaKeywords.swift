import JSONRPC

/// The keywords of the dialect whose values are schemas.
enum SchemaKeywords {
    /// How a keyword holds schemas.
    enum Shape {
        case one
        case list
        case map
    }

    /// The identifier of the only dialect.
    static let dialect = "https://json-schema.org/draft/2020-12/schema"

    /// Where subschemas stand.
    ///
    /// `definitions` is the older name of `$defs`, which the dialect still reserves.
    static let shapes: [String: Shape] = [
        "$defs": .map, "definitions": .map, "properties": .map, "patternProperties": .map, "dependentSchemas": .map, "allOf": .list,
        "anyOf": .list, "oneOf": .list, "prefixItems": .list, "not": .one, "if": .one, "then": .one, "else": .one, "items": .one,
        "contains": .one, "additionalProperties": .one, "propertyNames": .one, "unevaluatedItems": .one, "unevaluatedProperties": .one,
        "contentSchema": .one,
    ]

    /// The schemas directly within a schema, each with its place.
    static func subschemas(of object: JSONObject, at place: SchemaPlace) throws(JSONSchemaError) -> [(SchemaPlace, JSONValue)] {
        var found: [(SchemaPlace, JSONValue)] = []
        for member in object.members {
            guard let shape = shapes[member.key] else { continue }
            let here = place.appending(member.key)
            switch shape {
            case .one: found.append((here, member.value))
            case .list:
                guard case .array(let elements) = member.value, !elements.isEmpty else {
                    throw JSONSchemaError(at: here.text, "must be a non-empty array of schemas")
                }
                for (index, element) in elements.enumerated() { found.append((here.appending(String(index)), element)) }
            case .map:
                guard case .object(let map) = member.value else { throw JSONSchemaError(at: here.text, "must be an object of schemas") }
                for entry in map.members { found.append((here.appending(entry.key), entry.value)) }
            }
        }
        return found
    }
}

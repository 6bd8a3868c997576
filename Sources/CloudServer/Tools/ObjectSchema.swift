package import JSONRPC

/// The parameters of a tool; the schema that is advertised, validates and decodes (servers.md §2).
package struct ObjectSchema: Sendable {
    /// The parameters in the documented order.
    package let properties: [Property]

    /// A schema of these parameters and no others.
    package init(_ properties: [Property]) { self.properties = properties }

    /// The JSON Schema: `properties`, `required`, `additionalProperties:false`.
    package var json: JSONObject {
        var members: JSONObject = [:]
        for property in properties { members[property.name] = .object(property.schema.json) }
        var json: JSONObject = ["type": "object"]
        if !properties.isEmpty { json["properties"] = .object(members) }
        let required = properties.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { json["required"] = .array(required) }
        json["additionalProperties"] = false
        return json
    }

    /// The parameter of that name.
    package subscript(_ name: String) -> Property? { properties.first { $0.name == name } }
}

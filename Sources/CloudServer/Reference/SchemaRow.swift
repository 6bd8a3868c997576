import JSONRPC

/// One value that a JSON Schema describes, as a row of a table.
struct SchemaRow: Sendable, Hashable {
    /// Where it is: `limit`, `sources[].params.alias`, `addresses.*[].addr`.
    let path: String
    /// Whether its object always has it.
    let isRequired: Bool
    /// What describes it.
    let schema: JSONObject

    /// All values below a schema, an object's members in their order, each followed by what is inside it.
    static func all(in schema: JSONObject, below path: String = "") -> [SchemaRow] {
        var rows: [SchemaRow] = []
        let required = schema["required"]?.arrayValue ?? []
        for member in schema["properties"]?.objectValue ?? [:] {
            let name = path.isEmpty ? member.key : "\(path).\(member.key)"
            let inner = member.value.objectValue ?? [:]
            rows.append(SchemaRow(path: name, isRequired: required.contains(.string(member.key)), schema: inner))
            rows += all(in: inner, below: name)
        }
        if let items = schema["items"]?.objectValue { rows += all(in: items, below: path + "[]") }
        if let values = schema["additionalProperties"]?.objectValue { rows += all(in: values, below: path + ".*") }
        return rows
    }
}

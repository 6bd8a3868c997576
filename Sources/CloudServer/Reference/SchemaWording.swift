import JSONRPC

/// Says in words what a JSON Schema demands of a value.
enum SchemaWording {
    /// The type: `string or null`, `array of integer`, one of some values.
    static func type(_ schema: JSONObject) -> String {
        if let constant = schema["const"] { return Markdown.code(constant.text()) }
        if let shapes = schema["anyOf"]?.arrayValue ?? schema["oneOf"]?.arrayValue {
            return shapes.map { type($0.objectValue ?? [:]) }.joined(separator: " or ")
        }
        let names = schema["type"]?.arrayValue?.compactMap(\.stringValue) ?? schema["type"]?.stringValue.map { [$0] } ?? []
        if names.isEmpty {
            let values = schema["enum"]?.arrayValue ?? []
            return !values.isEmpty && values.allSatisfy { $0.stringValue != nil } ? "string" : "any value"
        }
        let words = names.map { name($0, schema) }
        return words.joined(separator: words.contains { $0.contains(" of ") } ? ", or " : " or ")
    }

    private static func name(_ name: String, _ schema: JSONObject) -> String {
        switch name {
        case "array": schema["items"]?.objectValue.map { "array of \(type($0))" } ?? name
        case "object": schema["additionalProperties"]?.objectValue.map { "object of \(type($0))" } ?? name
        default: name
        }
    }

    /// The values and bounds; empty when only the general ones of servers.md §2 hold.
    static func bounds(_ schema: JSONObject) -> String {
        var parts: [String] = []
        if let values = schema["enum"]?.arrayValue {
            parts.append(
                values.filter { !$0.isNull }.map { Markdown.code($0.stringValue.map { $0.isEmpty ? "\"\"" : $0 } ?? $0.text()) }.joined(
                    separator: " "
                )
            )
        }
        parts += range(schema["minimum"]?.intValue, schema["maximum"]?.intValue, limit: ValueSchema.defaultMaxInteger, unit: "")
        parts += range(
            schema["minLength"]?.intValue,
            schema["maxLength"]?.intValue,
            limit: ValueSchema.defaultMaxLength,
            unit: " characters"
        )
        parts += range(schema["minItems"]?.intValue, schema["maxItems"]?.intValue, limit: ValueSchema.defaultMaxItems, unit: " items")
        if let pattern = schema["pattern"]?.stringValue { parts.append(Markdown.code(pattern)) }
        if let items = schema["items"]?.objectValue {
            let inner = bounds(items)
            if !inner.isEmpty { parts.append("each: \(inner)") }
        }
        return parts.joined(separator: "; ")
    }

    /// Both ends of a range; an upper end that holds anyway is left out where there is nothing else to say, or where it is an integer's.
    private static func range(_ lower: Int?, _ upper: Int?, limit: Int, unit: String) -> [String] {
        let lower = lower == -limit ? nil : lower
        let upper = upper == limit && (lower == nil || unit.isEmpty) ? nil : upper
        switch (lower, upper) {
        case (nil, nil): return []
        case (let lower?, nil): return ["≥ \(lower)\(unit)"]
        case (nil, let upper?): return ["≤ \(upper)\(unit)"]
        case (let lower?, let upper?): return ["\(lower)…\(upper)\(unit)"]
        }
    }

    /// What the value means: the description, and that of an array's elements.
    static func meaning(_ schema: JSONObject) -> String {
        var parts = [schema["description"]?.stringValue]
        let element = schema["items"]?.objectValue ?? schema["additionalProperties"]?.objectValue
        parts.append(element?["description"]?.stringValue.map { parts[0] == nil ? $0 : "Each: \($0)" })
        return parts.compactMap { $0 }.map(Markdown.text).joined(separator: " ")
    }
}

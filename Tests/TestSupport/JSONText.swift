package import JSONRPC
package import Testing

/// The JSON value that a text says; records an issue when it says none.
package func json(
    _ text: String,
    duplicates: DuplicateKeys = .rejected,
    sourceLocation: SourceLocation = #_sourceLocation
) -> JSONValue {
    do {
        return try JSONParser.parse(text, duplicates: duplicates)
    } catch {
        Issue.record("not JSON: \(error)", sourceLocation: sourceLocation)
        return .null
    }
}

/// The object that a text says; records an issue when it says none.
package func object(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> JSONObject {
    guard let object = json(text, sourceLocation: sourceLocation).objectValue else {
        Issue.record("no object", sourceLocation: sourceLocation)
        return [:]
    }
    return object
}

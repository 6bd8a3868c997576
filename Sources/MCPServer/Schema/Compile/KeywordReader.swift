import JSONRPC

/// Reads the keywords of one schema object and complains about values of the wrong type.
struct KeywordReader {
    let object: JSONObject
    let place: SchemaPlace

    /// An error about a keyword.
    func error(_ keyword: String, _ problem: String) -> JSONSchemaError { JSONSchemaError(at: place.appending(keyword).text, problem) }

    /// A non-negative integer.
    func count(_ keyword: String) throws(JSONSchemaError) -> Int? {
        guard let value = object[keyword] else { return nil }
        guard case .number(let number) = value, number.isIntegral, number >= JSONNumber(0) else {
            throw error(keyword, "must be a non-negative integer")
        }
        return number.int ?? .max
    }

    /// A number.
    func number(_ keyword: String) throws(JSONSchemaError) -> JSONNumber? {
        guard let value = object[keyword] else { return nil }
        guard case .number(let number) = value else { throw error(keyword, "must be a number") }
        return number
    }

    /// A boolean that is false by default.
    func flag(_ keyword: String) throws(JSONSchemaError) -> Bool {
        guard let value = object[keyword] else { return false }
        guard case .bool(let flag) = value else { throw error(keyword, "must be a boolean") }
        return flag
    }

    /// A string.
    func string(_ keyword: String) throws(JSONSchemaError) -> String? {
        guard let value = object[keyword] else { return nil }
        guard case .string(let text) = value else { throw error(keyword, "must be a string") }
        return text
    }

    /// An object.
    func map(_ keyword: String) throws(JSONSchemaError) -> JSONObject? {
        guard let value = object[keyword] else { return nil }
        guard case .object(let map) = value else { throw error(keyword, "must be an object") }
        return map
    }

    /// An array of different strings.
    func names(_ keyword: String) throws(JSONSchemaError) -> [String] {
        guard let value = object[keyword] else { return [] }
        return try Self.names(value, at: place.appending(keyword))
    }

    /// An array of different strings at a place.
    static func names(_ value: JSONValue, at place: SchemaPlace) throws(JSONSchemaError) -> [String] {
        guard case .array(let elements) = value else { throw JSONSchemaError(at: place.text, "must be an array of strings") }
        var names: [String] = []
        var seen: Set<ExactString> = []
        for element in elements {
            guard case .string(let name) = element else { throw JSONSchemaError(at: place.text, "must be an array of strings") }
            guard seen.insert(ExactString(name)).inserted else { throw JSONSchemaError(at: place.text, "must not name anything twice") }
            names.append(name)
        }
        return names
    }
}

package import JSONRPC

/// Readers for answers whose types are not as documented (huaweicloud-http.md §7). A value that does not fit counts as null.
extension JSONValue {
    /// The text; a number as its original text, a boolean as `true` or `false`; nil for null, objects and arrays.
    package var lenientText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    /// The integer: an integral number or its decimal text; nil for everything else.
    package var lenientInt: Int? {
        switch self {
        case .number(let number): return number.int
        case .string(let text):
            let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
            guard !digits.isEmpty, digits.allSatisfy({ ASCII.isDigit($0) }) else { return nil }
            return Int(text)
        case .null, .bool, .array, .object: return nil
        }
    }

    /// The boolean: a JSON boolean or the text `true` or `false` in any case; nil for everything else.
    package var lenientBool: Bool? {
        switch self {
        case .bool(let value): return value
        case .string(let text):
            if ASCII.equalIgnoringCase(text.utf8, "true".utf8) { return true }
            if ASCII.equalIgnoringCase(text.utf8, "false".utf8) { return false }
            return nil
        case .null, .number, .array, .object: return nil
        }
    }

    /// The elements: null is empty, and a single value that is no array is an array of one.
    package var lenientArray: [JSONValue] {
        switch self {
        case .array(let elements): elements
        case .null: []
        case .bool, .number, .string, .object: [self]
        }
    }
}

extension JSONObject {
    /// The member as text by ``JSONRPC/JSONValue/lenientText``; nil also when it is missing.
    package func lenientText(_ name: String) -> String? { self[name]?.lenientText }

    /// The member as text unless it is missing or empty, which for an id, a code or a marker means the same.
    package func nonEmptyText(_ name: String) -> String? {
        guard let text = lenientText(name), !text.isEmpty else { return nil }
        return text
    }

    /// The member as an integer by ``JSONRPC/JSONValue/lenientInt``; nil also when it is missing.
    package func lenientInt(_ name: String) -> Int? { self[name]?.lenientInt }

    /// The member as a boolean by ``JSONRPC/JSONValue/lenientBool``; nil also when it is missing.
    package func lenientBool(_ name: String) -> Bool? { self[name]?.lenientBool }

    /// The member as an array by ``JSONRPC/JSONValue/lenientArray``; empty also when it is missing.
    package func lenientArray(_ name: String) -> [JSONValue] { self[name]?.lenientArray ?? [] }

    /// The elements of the member that are objects; the others are skipped, so that one bad row does not fail a list.
    package func rows(_ name: String) -> [JSONObject] { lenientArray(name).compactMap(\.objectValue) }

    /// The member when it is an object; nil for everything else.
    package func lenientObject(_ name: String) -> JSONObject? { self[name]?.objectValue }
}

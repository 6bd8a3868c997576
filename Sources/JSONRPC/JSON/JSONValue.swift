/// A JSON value (RFC 8259) that keeps member order and the text of numbers.
///
/// A value that was parsed and is written again has the same members in the same order and the same digits.
public enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    /// The JSON kind, as JSON Schema names it, for messages to people.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// Whether this is `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The boolean, or nil for every other kind.
    ///
    /// Nothing is converted.
    public var boolValue: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The text, or nil for every other kind.
    ///
    /// Nothing is converted.
    public var stringValue: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The number, or nil for every other kind.
    public var numberValue: JSONNumber? {
        guard case .number(let value) = self else { return nil }
        return value
    }

    /// The integer, for a number whose value is integral and fits (`5`, `5.0`, `1e2`); nil otherwise.
    public var intValue: Int? { numberValue?.int }

    /// The number as a binary floating-point value; nil for every other kind.
    public var doubleValue: Double? { numberValue?.double }

    /// The elements, or nil for every other kind.
    public var arrayValue: [JSONValue]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    /// The members, or nil for every other kind.
    public var objectValue: JSONObject? {
        guard case .object(let value) = self else { return nil }
        return value
    }

    /// The member of that name; nil when this is no object or has none.
    public subscript(_ key: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object[key]
    }

    /// A number with the digits of an integer.
    public static func int(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }

    /// A string, or `null` for nil.
    public static func optional(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }

    /// A number, or `null` for nil.
    public static func optional(_ value: Int?) -> JSONValue { value.map(JSONValue.int) ?? .null }

    /// A boolean, or `null` for nil.
    public static func optional(_ value: Bool?) -> JSONValue { value.map(JSONValue.bool) ?? .null }
}

extension JSONValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// The value that a literal spells.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// The value that a literal spells.
    public init(integerLiteral value: Int) { self = .int(value) }

    /// The value that a literal spells.
    public init(stringLiteral value: String) { self = .string(value) }

    /// The value that a literal spells.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// Members in the order of the literal; of a repeated name the last value counts.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        for (key, value) in elements { object[key] = value }
        self = .object(object)
    }
}

/// The id of a request: a string or an integer, never null (mcp.md §1.5).
///
/// `1` and `"1"` are different ids; `1` and `1.0` are the same.
public enum RequestID: Sendable {
    case string(String)
    case number(JSONNumber)

    /// An id, or nil for every value that cannot be one: null, booleans, containers and numbers with a fraction.
    public init?(_ json: JSONValue) {
        switch json {
        case .string(let text): self = .string(text)
        case .number(let number) where number.isIntegral: self = .number(number)
        default: return nil
        }
    }

    /// The id as it is sent, with its JSON type and its digits.
    public var json: JSONValue {
        switch self {
        case .string(let text): .string(text)
        case .number(let number): .number(number)
        }
    }
}

extension RequestID: Hashable {
    /// Equal JSON values: strings by their bytes, numbers by their value.
    public static func == (lhs: RequestID, rhs: RequestID) -> Bool { lhs.json == rhs.json }

    /// Feeds the value to a hasher, consistently with equality.
    public func hash(into hasher: inout Hasher) { hasher.combine(json) }
}

extension RequestID: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// The value that a literal spells.
    public init(stringLiteral value: String) { self = .string(value) }

    /// The value that a literal spells.
    public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
}

import JSONRPC

/// The keywords `enum` and `const`: the values of which one is wanted.
struct ChoiceRule: Sendable {
    private static let fewest = 8
    private static let longestMessage = 600

    private let values: [JSONValue]
    private let set: Set<JSONValue>?

    /// The rule, such as `must be one of "ACTIVE", "SHUTOFF"`.
    let requirement: String

    /// Reads the keywords; nil if both are missing.
    init?(_ reader: KeywordReader) throws(JSONSchemaError) {
        var allowed: [JSONValue]?
        if let choices = reader.object["enum"] {
            guard case .array(let elements) = choices else { throw reader.error("enum", "must be an array") }
            allowed = elements
        }
        if let constant = reader.object["const"] { allowed = allowed.map { $0.filter { $0 == constant } } ?? [constant] }
        guard let allowed else { return nil }
        values = allowed
        set = allowed.count > Self.fewest ? Set(allowed) : nil
        requirement = Self.requirement(allowed)
    }

    private static func requirement(_ allowed: [JSONValue]) -> String {
        if allowed.isEmpty { return "is not allowed" }
        var message = allowed.count == 1 ? "must be " : "must be one of "
        for (index, value) in allowed.enumerated() {
            let text = value.text()
            if message.utf8.count + text.utf8.count > longestMessage { return message + "…" }
            message += (index > 0 ? ", " : "") + text
        }
        return message
    }

    /// Whether a value is one of those wanted.
    func accepts(_ value: JSONValue) -> Bool { set?.contains(value) ?? values.contains(value) }
}

import JSONRPC

/// The keyword `type`.
struct TypeSet: Sendable {
    private struct Kinds: OptionSet {
        let rawValue: UInt8
        static let null = Kinds(rawValue: 1)
        static let boolean = Kinds(rawValue: 2)
        static let integer = Kinds(rawValue: 4)
        static let number = Kinds(rawValue: 8)
        static let string = Kinds(rawValue: 16)
        static let array = Kinds(rawValue: 32)
        static let object = Kinds(rawValue: 64)
    }

    private static let named: [String: (kind: Kinds, phrase: String)] = [
        "null": (.null, "null"), "boolean": (.boolean, "a boolean"), "integer": (.integer, "an integer"), "number": (.number, "a number"),
        "string": (.string, "a string"), "array": (.array, "an array"), "object": (.object, "an object"),
    ]

    private let kinds: Kinds

    /// What the keyword allows, for a list: `a string`, `null`.
    let phrases: [String]

    /// The rule, such as `must be a string or null`.
    let requirement: String

    /// Reads the keyword; nil if it is missing.
    init?(_ reader: KeywordReader) throws(JSONSchemaError) {
        guard let value = reader.object["type"] else { return nil }
        let names: [String]
        if case .string(let name) = value { names = [name] } else { names = try reader.names("type") }
        var kinds: Kinds = []
        var phrases: [String] = []
        for name in names {
            guard let known = Self.named[name] else {
                throw reader.error("type", "must be null, boolean, integer, number, string, array or object, or an array of these")
            }
            kinds.insert(known.kind)
            phrases.append(known.phrase)
        }
        if phrases.isEmpty { throw reader.error("type", "must name a type") }
        self.kinds = kinds
        self.phrases = phrases
        requirement = Self.requirement(phrases)
    }

    /// The rule that one of these is wanted.
    static func requirement(_ phrases: [String]) -> String {
        guard let last = phrases.last, phrases.count > 1 else { return "must be \(phrases.joined())" }
        return "must be \(phrases.dropLast().joined(separator: ", ")) or \(last)"
    }

    /// Whether a value has one of the types.
    ///
    /// Numbers with an integral value are integers, however they are written.
    func accepts(_ value: JSONValue) -> Bool {
        switch value {
        case .null: kinds.contains(.null)
        case .bool: kinds.contains(.boolean)
        case .number(let number): kinds.contains(.number) || (kinds.contains(.integer) && number.isIntegral)
        case .string: kinds.contains(.string)
        case .array: kinds.contains(.array)
        case .object: kinds.contains(.object)
        }
    }
}

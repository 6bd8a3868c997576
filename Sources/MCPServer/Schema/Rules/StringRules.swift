import JSONRPC

/// The keywords that only strings can violate.
struct StringRules: Sendable {
    private let minimum: Int?
    private let maximum: Int?
    private let pattern: SchemaPattern?

    /// Reads the keywords; nil if all are missing.
    init?(_ reader: KeywordReader) throws(JSONSchemaError) {
        minimum = try reader.count("minLength")
        maximum = try reader.count("maxLength")
        if let text = try reader.string("pattern") {
            do throws(PatternError) {
                pattern = try SchemaPattern(text)
            } catch {
                throw reader.error("pattern", error.description)
            }
        } else {
            pattern = nil
        }
        if minimum == nil, maximum == nil, pattern == nil { return nil }
    }

    /// What a text violates.
    ///
    /// Its length is counted in code points.
    func violated(by text: String) -> [String] {
        var violated: [String] = []
        let bytes = text.utf8.count
        // A code point has one to four bytes, which often settles it.
        if let minimum, bytes / 4 < minimum, text.unicodeScalars.count < minimum {
            violated.append("must have at least \(Self.characters(minimum))")
        }
        if let maximum, bytes > maximum, text.unicodeScalars.count > maximum {
            violated.append("must have at most \(Self.characters(maximum))")
        }
        if let pattern, !pattern.matches(text) { violated.append("must match \(pattern.text)") }
        return violated
    }

    private static func characters(_ count: Int) -> String { count == 1 ? "1 character" : "\(count) characters" }
}

import JSONRPC
import MCPServer
import Testing

/// A schema with values that it accepts and values that it does not, all as JSON texts.
struct SchemaCase: Sendable, CustomTestStringConvertible {
    let schema: String
    let valid: [String]
    let invalid: [String]

    init(_ schema: String, valid: [String] = [], invalid: [String] = []) {
        self.schema = schema
        self.valid = valid
        self.invalid = invalid
    }

    var testDescription: String { schema }

    /// Checks every value, both ways of asking.
    func check(_ location: SourceLocation = #_sourceLocation) throws {
        let compiled = try JSONSchema(JSONParser.parse(schema))
        for (texts, expected) in [(valid, true), (invalid, false)] {
            for text in texts {
                let value = try JSONParser.parse(text)
                #expect(compiled.violations(of: value).isEmpty == expected, "\(schema) with \(text)", sourceLocation: location)
                #expect(compiled.accepts(value) == expected, "\(schema) with \(text)", sourceLocation: location)
            }
        }
    }
}

/// The violations of a value, written `path: message`.
func violations(_ schema: String, _ value: String, limit: Int = 20) throws -> [String] {
    try JSONSchema(JSONParser.parse(schema)).violations(of: JSONParser.parse(value), limit: limit).map { "\($0.path): \($0.message)" }
}

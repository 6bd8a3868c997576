package import JSONRPC
import MCPServer

/// The validated arguments of one call, read by the schema that validated them: defaults applied, empty filters left out.
///
/// The non-optional readers are for parameters that are required or have a default.
package struct Arguments: Sendable {
    /// What the caller sent, unchanged.
    package let raw: JSONObject

    private let schema: ObjectSchema

    /// Arguments that satisfy the schema.
    package init(_ raw: JSONObject, schema: ObjectSchema) {
        self.raw = raw
        self.schema = schema
    }

    /// Whether other arguments would satisfy the schema.
    func accepts(_ other: JSONObject) -> Bool {
        guard let schema = try? JSONSchema(schema.json) else { return false }
        return schema.violations(of: .object(other), limit: 1).isEmpty
    }

    /// Other arguments for the same schema.
    func replacing(_ other: JSONObject) -> Arguments { Arguments(other, schema: schema) }

    /// The value given, else the default; nil when there is neither, for null, and for an empty string that counts as not given.
    package func value(_ name: String) -> JSONValue? {
        guard let property = schema[name] else { preconditionFailure("The tool reads a parameter that it does not declare: \(name)") }
        guard let value = raw[name] ?? property.defaultValue, value != .null else { return nil }
        if property.empty == .absent, value == "" { return nil }
        return value
    }

    /// Whether the caller gave a value, null and empty filters not counted.
    package func isGiven(_ name: String) -> Bool { raw.contains(name) && value(name) != nil }

    /// A string, or nil when it is not given.
    package func string(_ name: String) -> String? { value(name)?.stringValue }

    /// A string that is required or has a default.
    package func text(_ name: String) -> String { present(string(name), name) }

    /// An integer that is required or has a default.
    package func int(_ name: String) -> Int { present(optionalInt(name), name) }

    /// An integer, or nil when it is not given.
    package func optionalInt(_ name: String) -> Int? { value(name)?.intValue }

    /// A boolean that is required or has a default.
    package func bool(_ name: String) -> Bool { present(optionalBool(name), name) }

    /// A boolean, or nil when it is not given.
    package func optionalBool(_ name: String) -> Bool? { value(name)?.boolValue }

    /// An array of strings that is required.
    package func strings(_ name: String) -> [String] { present(optionalStrings(name), name) }

    /// An array of strings, or nil when it is not given.
    package func optionalStrings(_ name: String) -> [String]? { value(name)?.arrayValue?.compactMap(\.stringValue) }

    /// A declaration that contradicts its reader is a bug that every test of the tool finds.
    private func present<Value>(_ value: Value?, _ name: String) -> Value {
        guard let value else { preconditionFailure("The tool reads \(name) as always present, but its schema lets it be absent.") }
        return value
    }
}

public import JSONRPC

/// A JSON Schema of the 2020-12 dialect, compiled once and applied to any number of values.
///
/// Everything that the dialect asserts is supported; `format`, `contentMediaType` and the like are annotations. References reach only
/// places within the schema itself: nothing is ever fetched. The size of a schema and the work of one validation are bounded.
public struct JSONSchema: Sendable {
    private let program: SchemaProgram

    /// Compiles a schema.
    ///
    /// - Throws: ``JSONSchemaError`` that names the place of the first thing that is no valid schema: a keyword with a value of the wrong
    ///   type, a pattern that cannot be matched safely, a reference that does not resolve, endless recursion, or too many subschemas.
    public init(_ schema: JSONObject) throws(JSONSchemaError) { try self.init(.object(schema)) }

    /// Compiles a schema that may also be a boolean.
    ///
    /// - Throws: ``JSONSchemaError`` as for an object.
    public init(_ schema: JSONValue) throws(JSONSchemaError) {
        var compiler = try SchemaCompiler(schema)
        program = try compiler.compile()
    }

    /// What the value violates, in the order of the schema (servers.md §2): at most so many violations, and if there are more, one with
    /// an empty path that tells how many are left out.
    ///
    /// Empty for a valid value.
    public func violations(of value: JSONValue, limit: Int = 20) -> [SchemaViolation] {
        let report = report(on: value, limit: limit)
        let rest = report.total - report.violations.count
        if rest == 0 { return report.violations }
        let summary = rest == 1 ? "1 more problem is left out" : "\(rest) more problems are left out"
        return report.violations + [SchemaViolation(path: "", message: summary)]
    }

    /// What the value violates: the first violations in the order of the schema, and how many there are.
    public func report(on value: JSONValue, limit: Int = 20) -> SchemaReport {
        var evaluation = SchemaEvaluation(program, limit: limit)
        evaluation.start(value)
        return SchemaReport(violations: evaluation.violations, total: evaluation.total)
    }

    /// Whether the value is valid.
    ///
    /// Stops at the first violation.
    public func accepts(_ value: JSONValue) -> Bool {
        var evaluation = SchemaEvaluation(program, limit: 0)
        evaluation.silence = 1
        return evaluation.start(value)
    }
}

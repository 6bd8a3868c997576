import AuthCommon
public import JSONRPC
public import MCP

/// A tool with its behaviour: one value per tool, its advertised schema is the one that validates.
public struct ServerTool: Sendable {
    /// Decides about a call before its arguments are looked at; a result ends the call.
    public typealias Admission = @Sendable (JSONObject, RequestContext) -> CallToolResult?
    /// Words the answer to arguments that break the schema; receives them too, for a record of the call.
    public typealias Rejection = @Sendable ([SchemaViolation], JSONObject, RequestContext) -> CallToolResult
    /// Does the work.
    ///
    /// Thrown JSON-RPC errors become the answer, `CancellationError` ends the call without one.
    public typealias Handler = @Sendable (JSONObject, RequestContext) async throws -> CallToolResult

    /// What `tools/list` shows.
    public let definition: Tool
    /// The eras in which the tool exists.
    let eras: Set<ProtocolEra>
    /// The arguments that clients mirror into headers.
    let headerParameters: [HeaderParameter]
    private let prepared: PreparedDefinition
    private let isListedFor: @Sendable (RequestContext) -> Bool
    private let schema: JSONSchema
    private let output: JSONSchema?
    private let admit: Admission
    private let invalidArguments: Rejection
    private let handle: Handler

    /// A tool.
    ///
    /// - Throws: when the input schema is no valid schema.
    public init(
        _ definition: Tool,
        eras: Set<ProtocolEra> = [.legacy, .modern],
        isListed: @escaping @Sendable (RequestContext) -> Bool = { _ in true },
        admit: @escaping Admission = { _, _ in nil },
        invalidArguments: @escaping Rejection = ServerTool.explain,
        handle: @escaping Handler
    ) throws(JSONSchemaError) {
        self.definition = definition
        prepared = PreparedDefinition(definition)
        self.eras = eras
        isListedFor = isListed
        self.admit = admit
        self.invalidArguments = invalidArguments
        self.handle = handle
        schema = try JSONSchema(definition.inputSchema)
        headerParameters = try HeaderParameter.all(in: definition.inputSchema)
        output = if let schema = definition.outputSchema { try JSONSchema(schema) } else { nil }
    }

    /// Whether the tool is shown to the caller.
    package func isListed(_ context: RequestContext) -> Bool {
        eras.contains(context.era) && exists(for: context.identity) && isListedFor(context)
    }

    /// The definition as the revision shows it.
    func listing(_ revision: ProtocolRevision) -> JSONValue { prepared.json(revision) }

    /// Whether the tool exists for messages of this identity; one that its tool policy leaves out is unknown to it.
    func exists(for identity: Identity?) -> Bool { identity?.mayKnow(tool: definition.name) ?? true }

    /// Runs a call: admission, validation, handler, and the check that the result is as advertised.
    ///
    /// - Throws: `-32603` for a result that breaks the output schema, which is a bug of the tool; what the handler throws.
    package func call(_ arguments: JSONObject, _ context: RequestContext) async throws -> CallToolResult {
        if let refusal = admit(arguments, context) { return refusal }
        let violations = schema.violations(of: .object(arguments))
        guard violations.isEmpty else { return invalidArguments(violations, arguments, context) }
        let result = try await handle(arguments, context)
        if let output, !result.isError || result.structuredContent != nil {
            guard let value = result.structuredContent, output.accepts(value) else {
                throw JSONRPCError(code: .internalError, message: "The tool's result does not follow its output schema")
            }
        }
        return result
    }

    /// The default answer to invalid arguments: a sentence per violation, as an error that the model can read.
    public static func explain(_ violations: [SchemaViolation], _ arguments: JSONObject, _ context: RequestContext) -> CallToolResult {
        let lines = violations.map { $0.path.isEmpty ? $0.message : "\($0.path): \($0.message)" }
        return .failure("Invalid arguments. " + lines.joined(separator: "; "))
    }
}

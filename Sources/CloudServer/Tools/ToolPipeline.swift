import AuthCommon
import HuaweiCloud
import JSONRPC
import MCP
import MCPServer

/// Runs the calls of one tool in the order of servers.md §3: identity, role, parameters, the tool itself; then words and records the outcome.
struct ToolPipeline: Sendable {
    private let tool: CloudTool
    private let environment: ToolEnvironment
    private let result: JSONObject
    private let offered: [CloudTool]

    /// - Parameters:
    ///   - result: The schema of what a two-phase tool returns where the user is asked in the call.
    ///   - offered: All tools that the server offers.
    init(
        _ tool: CloudTool,
        _ environment: ToolEnvironment,
        result: JSONObject = ["type": "object"],
        offered: [CloudTool] = []
    ) {
        self.tool = tool
        self.environment = environment
        self.result = result
        self.offered = offered
    }

    /// The tool as the framework serves it.
    ///
    /// - Throws: when the input schema is no valid schema, which is a bug of the declaration.
    func serverTool() throws(JSONSchemaError) -> ServerTool {
        let definition = Tool(
            name: tool.name,
            title: tool.title,
            description: description,
            inputSchema: tool.input.json,
            outputSchema: OutputSchema.envelope(data: output),
            annotations: tool.effect.annotations
        )
        let policy = environment.approvals.policy
        return try ServerTool(
            definition,
            isListed: { request in tool.isListed(request, policy) },
            admit: { arguments, request in admit(arguments, request) },
            invalidArguments: { violations, arguments, request in reject(violations, arguments, request) },
            handle: { arguments, request in try await handle(arguments, request) }
        )
    }

    /// Whether a call may ask its user and then returns what the operation returned.
    private var note: String? { tool.isTwoPhase ? environment.approvals.policy.note : nil }

    private var description: String { note.map { "\(tool.description) \($0)" } ?? tool.description }

    private var output: JSONObject { note == nil ? tool.output : OutputSchema.oneOfShapes([tool.output, result]) }

    /// Identity, then role.
    ///
    /// The role may depend on the raw arguments, and a caller without it learns nothing about them.
    private func admit(_ arguments: JSONObject, _ request: RequestContext) -> CallToolResult? {
        guard let identity = request.identity else {
            return refuse(.identity, .unauthorized, arguments, request)
        }
        let needed = tool.role.role(for: arguments)
        guard identity.holds(needed) else {
            let failure = identity.failure(needed)
            return refuse(.role(failure), .forbidden(failure), arguments, request)
        }
        return nil
    }

    private func reject(_ violations: [SchemaViolation], _ arguments: JSONObject, _ request: RequestContext) -> CallToolResult {
        let details = violations.map { ToolError.Detail(path: $0.path, message: $0.message) }
        let error = ToolError.invalidParams(details)
        return refuse(.parameters, tool.rewordInvalidParams?(error) ?? error, arguments, request)
    }

    /// Answers and records a call that did not reach the tool.
    private func refuse(
        _ denial: ApprovalAudit.Denial,
        _ error: ToolError,
        _ arguments: JSONObject,
        _ request: RequestContext
    ) -> CallToolResult {
        let callID = environment.newCallID()
        if tool.name == environment.approvals.confirmTool {
            let id = arguments["approval_id"]?.stringValue.flatMap { ApprovalID($0) }
            environment.approvals.audit.denied(denial, tool: tool.name, id: id, caller: request.identity, callID: callID)
        }
        let error = environment.errorText.clean(error)
        record(callID, request, arguments).failed(error, .zero, requestID: nil)
        return answer(.failure(error), request)
    }

    private func answer(_ envelope: Envelope, _ request: RequestContext) -> CallToolResult {
        envelope.result(budget: environment.textBudget, isStructured: request.revision >= .v2025_06_18)
    }

    private func handle(_ arguments: JSONObject, _ request: RequestContext) async throws -> CallToolResult {
        guard let identity = request.identity else { return refuse(.identity, .unauthorized, arguments, request) }
        let policy = environment.approvals.policy
        let context = ToolContext(
            identity: identity,
            callID: environment.newCallID(),
            request: request,
            log: environment.log,
            now: environment.date,
            consent: policy.path(clientCanAsk: request.canAskUser),
            clock: WaitClock(now: environment.monotonic, sleep: environment.sleep),
            allowedTools: { offered.filter { $0.isListed(request, policy) && identity.mayKnow(tool: $0.name) }.map(\.name) }
        )
        let record = record(context.callID, request, arguments)
        let trace = CloudTrace()
        let start = environment.monotonic()
        do {
            let data = try await CloudTrace.$current.withValue(trace) {
                try await CallAudit.withValue(record.audit) { try await run(Arguments(arguments, schema: tool.input), context) }
            }
            record.succeeded(environment.monotonic() - start, requestID: trace.requestID)
            return answer(.success(data), request)
        } catch {
            let duration = environment.monotonic() - start
            let failure = environment.errorText.clean(try failure(error, duration, trace, record))
            return answer(.failure(failure), request)
        }
    }

    private func run(_ arguments: Arguments, _ context: ToolContext) async throws -> JSONObject {
        switch tool.body {
        case .immediate(let call):
            return try await call(arguments, context)
        case .twoPhase(let prepare, let execute):
            let call = ConsentCall(
                tool: tool,
                arguments: arguments,
                context: context,
                environment: environment,
                prepare: prepare,
                execute: execute
            )
            if context.asksUser { return try await call.run() }
            switch try await prepare(arguments, context) {
            case .done(let data): return data
            case .needsConsent(let operation):
                guard context.consent != nil else { throw call.refuse(.unavailable(.notDeclared), call.call.with(operation)) }
                return try await environment.approvals.issue(operation, tool: tool, arguments: arguments.raw, context: context)
            }
        }
    }

    /// Records a failure and turns it into what the caller is told.
    ///
    /// - Throws: `CancellationError` when the client cancelled the call and nobody waits for its answer; `InputRequired`, which is the answer of
    ///   a modern call that asks; the `JSONRPCError` of one whose state is worth nothing.
    private func failure(_ error: any Error, _ duration: Duration, _ trace: CloudTrace, _ record: ToolLog) throws -> ToolError {
        if Task.isCancelled, error is CancellationError || (error as? CloudError)?.isCancellation == true {
            record.cancelled(duration, requestID: trace.requestID)
            throw CancellationError()
        }
        if let demand = error as? InputRequired {
            record.asked(duration, requestID: trace.requestID)
            throw demand
        }
        if let refusal = error as? JSONRPCError {
            record.refused(refusal, duration, requestID: trace.requestID)
            throw refusal
        }
        let cause: ToolError
        switch error {
        case let error as ToolError: cause = error
        case let error as CloudError where !error.isCancellation: cause = ToolError(error)
        default:
            record.bug(error, at: "tool \(tool.name)", duration, requestID: trace.requestID)
            return .internalError(callID: record.callID)
        }
        record.failed(environment.errorText.clean(cause), duration, requestID: trace.requestID)
        return cause
    }

    private func record(_ callID: String, _ request: RequestContext, _ arguments: JSONObject) -> ToolLog {
        let audit = environment.audit.map {
            CallAudit($0, tool: tool.name, callID: callID, request: request, arguments: arguments)
        }
        return ToolLog(
            log: environment.log,
            tool: tool.name,
            callID: callID,
            identity: request.identity,
            gatewayRequestID: request.gatewayRequestID,
            traceID: request.traceID,
            arguments: arguments,
            audit: audit
        )
    }
}

import AuthCommon
import Foundation
import JSONRPC
import MCP
import ProcessSupport
import TestSupport
import Testing

@testable import CloudServer
@testable import MCPServer

extension ClientCapabilities {
    /// A client with forms.
    static let forms = ClientCapabilities(["elicitation": ["form": [:]]])
}

/// Calls a destructive tool of a fake world as clients of both eras do.
struct ConsentBench: Sendable {
    let bench: ToolBench
    let world: FakeWorld
    let executed = Executions()
    let tool: CloudTool

    init(
        policy: ApprovalPolicy = .automatic,
        service: String = "fake",
        world: FakeWorld = FakeWorld(),
        stateKeys: [RequestStateKey] = [],
        trail: AuditTrail? = nil,
        execute: (@Sendable (JSONObject, ToolContext) async throws -> JSONObject)? = nil
    ) {
        bench = ToolBench(policy: policy, service: service, stateKeys: stateKeys, trail: trail)
        self.world = world
        tool = world.delete(executed, execute: execute)
    }

    var logs: LogCapture { bench.logs }

    func context(
        _ identity: Identity?,
        revision: ProtocolRevision = .v2025_11_25,
        capabilities: ClientCapabilities = .forms,
        client: any ClientAsker = DeafClient(),
        responses: JSONObject = [:],
        state: String? = nil
    ) -> RequestContext {
        RequestContext(
            revision: revision,
            clientInfo: nil,
            clientCapabilities: capabilities,
            requestID: .number(JSONNumber(1)),
            origin: MessageOrigin(identity: identity, transport: .stdio),
            inputResponses: responses,
            requestState: state,
            asker: client
        )
    }

    /// The envelope of a call.
    func call(_ context: RequestContext, _ arguments: JSONObject = FakeTools.target, tool: CloudTool? = nil) async throws -> JSONObject {
        let served = try ToolPipeline(tool ?? self.tool, bench.environment).serverTool()
        let result = try await served.call(arguments, context)
        return try #require(result.structuredContent?.objectValue)
    }

    // MARK: Legacy

    /// A call of a client that reacts so to its questions.
    func legacy(
        _ reactions: FakeClient.Reaction...,
        as identity: Identity? = .admin,
        arguments: JSONObject = FakeTools.target
    ) async throws -> (envelope: JSONObject, client: FakeClient) {
        let client = FakeClient(reactions)
        return (try await call(context(identity, client: client), arguments), client)
    }

    // MARK: Modern

    /// A round of a modern call that must end with a question.
    func asked(
        responses: JSONObject = [:],
        state: String? = nil,
        as identity: Identity = .admin,
        arguments: JSONObject = FakeTools.target,
        tool: CloudTool? = nil
    ) async throws -> (question: InputRequest, state: String) {
        let context = context(identity, revision: .v2026_07_28, responses: responses, state: state)
        let demand = try await #require(throws: InputRequired.self) { try await call(context, arguments, tool: tool) }
        #expect(demand.requests.map(\.key) == ["confirm"])
        return (try #require(demand.requests.first?.request), try #require(demand.requestState))
    }

    /// A retry with an answer.
    func retry(
        _ state: String?,
        _ answer: JSONValue? = ["action": "accept", "content": ["confirm": "web-1"]],
        as identity: Identity? = .admin,
        arguments: JSONObject = FakeTools.target,
        tool: CloudTool? = nil
    ) async throws -> JSONObject {
        var responses: JSONObject = [:]
        responses.set("confirm", answer)
        return try await call(context(identity, revision: .v2026_07_28, responses: responses, state: state), arguments, tool: tool)
    }

    /// A retry that must be a JSON-RPC error.
    func refusedRetry(
        _ state: String?,
        _ answer: JSONValue? = ["action": "accept", "content": ["confirm": "web-1"]],
        as identity: Identity? = .admin,
        arguments: JSONObject = FakeTools.target,
        tool: CloudTool? = nil
    ) async throws -> JSONRPCError {
        try await #require(throws: JSONRPCError.self) {
            try await retry(state, answer, as: identity, arguments: arguments, tool: tool)
        }
    }

    static let accept: JSONValue = typed("web-1")

    static func typed(_ text: String) -> JSONValue { ["action": "accept", "content": ["confirm": .string(text)]] }
}

import AuthCommon
import Foundation
import JSONRPC
import MCP
import ProcessSupport
import TestSupport
import Testing

@testable import CloudServer
@testable import MCPServer

extension Identity {
    static let reader = Identity(subject: "rita", roles: ["readonly"], tenant: "acme")
    static let op = Identity(subject: "otto", roles: ["operator"], tenant: "acme")
    static let admin = Identity(subject: "ada", roles: ["admin"], tenant: "acme")
}

/// Calls tools as the framework would, and checks of every answer what servers.md §1 demands of all.
struct ToolBench: Sendable {
    let logs: LogCapture
    let clock = TestClock()
    let environment: ToolEnvironment

    init(
        policy: ApprovalPolicy = .automatic,
        service: String = "fake",
        limits: ApprovalLimits = ApprovalLimits(),
        store: (any ApprovalStore)? = nil,
        secrets: [Secret] = [],
        stateKeys: [RequestStateKey] = [],
        trail: AuditTrail? = nil,
        newID: (@Sendable () -> ApprovalID)? = nil
    ) {
        let logs = LogCapture(secrets: secrets)
        let clock = clock
        let ids = Counter()
        let calls = Counter()
        let audit = ApprovalAudit(log: logs.log, policy: policy)
        let date: @Sendable () -> Date = { Date(timeIntervalSince1970: clock.now / .seconds(1)) }
        self.logs = logs
        environment = ToolEnvironment(
            log: logs.log,
            errorText: ErrorText(redactor: logs.sink.redactor),
            approvals: Approvals(
                service: service,
                policy: policy,
                store: store ?? InMemoryApprovalStore(limits: limits, now: { clock.now }, onExpiry: { audit.expired($0) }),
                limits: limits,
                audit: audit,
                newID: newID ?? { ApprovalID(high: 0xABCD_EF01_0000_0000 | ids.next(), low: 0x1234_5678_9ABC_DEF0) }
            ),
            consent: Consent(service: service, keys: stateKeys, date: date),
            audit: trail.map { ServerAudit(trail: $0, log: logs.log, now: date) },
            monotonic: { clock.now },
            date: date,
            newCallID: { "call-\(calls.next())" }
        )
    }

    func context(_ identity: Identity?) -> RequestContext {
        RequestContext(
            revision: .v2025_06_18,
            clientInfo: nil,
            clientCapabilities: ClientCapabilities(),
            requestID: .number(JSONNumber(1)),
            origin: MessageOrigin(identity: identity, transport: .stdio, gatewayRequestID: "gw-1", traceID: "trace-1")
        )
    }

    /// The confirm tool for these tools.
    func confirmTool(_ tools: CloudTool..., output: JSONObject = ["type": "object"]) throws -> CloudTool {
        let toolbox = Toolbox(
            tools,
            confirmation: Confirmation(output: output),
            filter: ToolFilter(),
            approvals: environment.approvals
        )
        return try #require(toolbox.all.last)
    }

    /// The envelope of a call.
    @discardableResult
    func call(_ tool: CloudTool, _ arguments: JSONObject = [:], as identity: Identity? = .admin) async throws -> JSONObject {
        let served = try ToolPipeline(tool, environment).serverTool()
        let result = try await served.call(arguments, context(identity))
        let envelope = try #require(result.structuredContent?.objectValue)
        #expect(result.content == [.text(JSONValue.object(envelope).text(.compact))])
        #expect(envelope["ok"] == .bool(!result.isError))
        let schema = try JSONSchema(try #require(served.definition.outputSchema))
        #expect(schema.violations(of: .object(envelope)).isEmpty)
        return envelope
    }

    /// The `data` of a call that succeeds.
    func data(_ tool: CloudTool, _ arguments: JSONObject = [:], as identity: Identity? = .admin) async throws -> JSONObject {
        let envelope = try await call(tool, arguments, as: identity)
        return try #require(envelope["data"]?.objectValue, "\(envelope)")
    }

    /// The `error` of a call that fails.
    func error(_ tool: CloudTool, _ arguments: JSONObject = [:], as identity: Identity? = .admin) async throws -> JSONObject {
        let envelope = try await call(tool, arguments, as: identity)
        return try #require(envelope["error"]?.objectValue, "\(envelope)")
    }
}

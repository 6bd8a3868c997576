import AuthCommon
import CloudServer
import Foundation
import HuaweiCloud
import JSONRPC
import MCP
import ProcessSupport
import Testing

@testable import CTSServer
@testable import MCPServer

/// The server's tools as a client reaches them, on a fake cloud, at a fixed moment.
///
/// Every result is checked against the form that servers.md §1 demands and against the advertised output schema.
struct Bench: Sendable {
    /// The project that paths name.
    static let project = "0123456789abcdef0123456789abcdef"
    /// 2026-01-15T08:15:30.250Z.
    static let now = 1_768_464_930_250

    let cloud: FakeCloud
    let tools: [ServerTool]

    init(
        _ answers: FakeCloud.Answer...,
        region: String = "af-south-1",
        project: String? = Self.project,
        zone: Result<TimeZoneRules, ZoneProblem> = .success(Fixtures.shanghai),
        cloud: FakeCloud = FakeCloud()
    ) throws {
        for answer in answers { cloud.add(answer) }
        self.cloud = cloud
        let now: @Sendable () -> Date = { Date(timeIntervalSince1970: Double(Self.now) / 1_000) }
        let client = CloudClient(
            transport: cloud,
            credentials: StaticCredentials(Credentials(accessKeyID: Secret("EXAMPLEAK"), secretAccessKey: Secret("example-secret"))),
            endpoints: Endpoints(),
            region: region,
            userAgent: "cts-mcp-server/test",
            retryPolicy: RetryPolicy(furtherAttempts: 0),
            clock: CloudClock(now: now, sleep: { _ in }),
            random: { 0.5 },
            log: .disabled
        )
        let access = CloudAccess(
            client: client,
            projectID: ProjectIDResolver(configured: project, client: client),
            configuredProjectID: project,
            region: region
        )
        let approvals = Approvals(
            service: CloudTraceServer.service,
            policy: .twoPhase,
            store: InMemoryApprovalStore(now: { .zero }),
            audit: ApprovalAudit(log: .disabled, policy: .twoPhase),
            newID: { ApprovalID(high: 1, low: 1) }
        )
        let environment = ToolEnvironment(
            log: .disabled,
            errorText: ErrorText(redactor: Redactor(secrets: [Secret("example-secret")])),
            approvals: approvals,
            monotonic: { .zero },
            date: now,
            newCallID: { "call-1" }
        )
        let traces = CTSClient(access)
        tools = try Toolbox(
            [SearchTraces.tool(traces, zone: zone), GetTraceDetail.tool(traces, zone: zone)],
            confirmation: CloudTraceServer.confirmation,
            filter: ToolFilter(),
            approvals: approvals
        ).serverTools(environment)
    }

    /// Calls a tool and returns the envelope; without a subject the message has no identity.
    @discardableResult
    func call(
        _ name: String,
        _ arguments: JSONObject = [:],
        as role: Role? = .readonly,
        subject: String? = "ada",
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSONObject {
        let tool = try #require(tools.first { $0.definition.name == name }, sourceLocation: sourceLocation)
        let result = try await tool.call(arguments, context(roles: role.map { [$0.rawValue] } ?? [], subject: subject))
        let envelope = try #require(result.structuredContent?.objectValue, sourceLocation: sourceLocation)
        #expect(result.content == [.text(JSONValue.object(envelope).text(.compact))], sourceLocation: sourceLocation)
        #expect(envelope["ok"]?.boolValue == !result.isError, sourceLocation: sourceLocation)
        let schema = try JSONSchema(try #require(tool.definition.outputSchema, sourceLocation: sourceLocation))
        let violations = schema.violations(of: .object(envelope))
        #expect(violations.isEmpty, "\(name): \(violations)", sourceLocation: sourceLocation)
        return envelope
    }

    /// Calls a tool that must succeed and returns its `data`.
    func data(
        _ name: String,
        _ arguments: JSONObject = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSONObject {
        let envelope = try await call(name, arguments, sourceLocation: sourceLocation)
        #expect(envelope["ok"] == true, "\(envelope.text())", sourceLocation: sourceLocation)
        return envelope["data"]?.objectValue ?? [:]
    }

    /// Calls a tool that must fail and returns its `error`.
    func error(
        _ name: String,
        _ arguments: JSONObject = [:],
        as role: Role? = .readonly,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSONObject {
        let envelope = try await call(name, arguments, as: role, sourceLocation: sourceLocation)
        #expect(envelope["ok"] == false, "\(envelope.text())", sourceLocation: sourceLocation)
        return envelope["error"]?.objectValue ?? [:]
    }

    /// The names that a caller with this role is shown.
    func listed(for role: Role?) -> [String] {
        let context = context(roles: role.map { [$0.rawValue] } ?? [], subject: "ada")
        return tools.filter { $0.isListed(context) }.map(\.definition.name)
    }

    /// A request for traces as it goes on the wire.
    static func request(_ query: String) -> String { "GET /v3/\(project)/traces?\(query)" }

    private func context(roles: [String], subject: String?) -> RequestContext {
        RequestContext(
            revision: .v2025_11_25,
            clientInfo: nil,
            clientCapabilities: ClientCapabilities(),
            requestID: .number(JSONNumber(1)),
            origin: MessageOrigin(identity: subject.map { Identity(subject: $0, roles: roles, tenant: "acme") }, transport: .stdio)
        )
    }
}

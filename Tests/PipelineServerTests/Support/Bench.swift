import AuthCommon
import CloudServer
import Foundation
import HuaweiCloud
import JSONRPC
import MCP
import ProcessSupport
import Synchronization
import Testing

@testable import MCPServer
@testable import PipelineServer

/// The server's tools as a client reaches them, on a fake cloud, with a clock that a test moves.
///
/// Every result is checked against the form that servers.md §1 demands and against the advertised output schema.
struct Bench: Sendable {
    /// The CodeArts project that paths name.
    static let project = "c0de0123456789abcdef0123456789ab"

    /// Monotonic time in seconds.
    final class Clock: Sendable {
        private let seconds = Mutex(0)
        func advance(by seconds: Int) { self.seconds.withLock { $0 += seconds } }
        var now: Duration { seconds.withLock { .seconds($0) } }
    }

    let cloud = FakeCloud()
    let clock = Clock()
    let log = LogCapture()
    let tools: [ServerTool]

    /// - Parameters:
    ///   - project: `CODEARTS_DEFAULT_PROJECT_ID`.
    ///   - cloudProject: `HUAWEICLOUD_PROJECT_ID`.
    init(
        _ answers: FakeCloud.Answer...,
        region: String = "af-south-1",
        project: String? = Self.project,
        cloudProject: String? = nil,
        retries: Int = 0
    ) throws {
        for answer in answers { cloud.add(answer) }
        let client = CloudClient(
            transport: cloud,
            credentials: StaticCredentials(Credentials(accessKeyID: Secret("EXAMPLEAK"), secretAccessKey: Secret("example-secret"))),
            endpoints: Endpoints(),
            region: region,
            userAgent: "pipeline-mcp-server/test",
            retryPolicy: RetryPolicy(furtherAttempts: retries),
            clock: CloudClock(now: { Date(timeIntervalSince1970: 1_768_464_930) }, sleep: { _ in }),
            random: { 0.5 },
            log: .disabled
        )
        let access = CloudAccess(
            client: client,
            projectID: ProjectIDResolver(configured: cloudProject, client: client),
            configuredProjectID: cloudProject,
            region: region,
            variables: ServerVariables(project.map { ["CODEARTS_DEFAULT_PROJECT_ID": $0] } ?? [:])
        )
        let clock = clock
        let counter = Mutex(UInt64(0))
        let next: @Sendable () -> UInt64 = {
            counter.withLock {
                $0 += 1
                return $0
            }
        }
        let approvals = Approvals(
            service: CodeArtsPipelineServer.service,
            policy: .twoPhase,
            store: InMemoryApprovalStore(now: { clock.now }),
            audit: ApprovalAudit(log: log.log, policy: .twoPhase),
            newID: { ApprovalID(high: 0xFEED, low: next()) }
        )
        let environment = ToolEnvironment(
            log: log.log,
            errorText: ErrorText(redactor: Redactor(secrets: [Secret("example-secret")])),
            approvals: approvals,
            monotonic: { clock.now },
            date: { Date(timeIntervalSince1970: 1_768_464_930) },
            newCallID: { "call-1" }
        )
        tools = try Toolbox(
            CodeArtsPipelineServer.tools(access),
            confirmation: CodeArtsPipelineServer.confirmation,
            filter: ToolFilter(),
            approvals: approvals
        ).serverTools(environment)
    }

    /// Calls a tool and returns the envelope; without a subject the message has no identity.
    @discardableResult
    func call(
        _ name: String,
        _ arguments: JSONObject = [:],
        as role: Role? = .admin,
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

    /// Calls a tool that must succeed and returns its `data` as compact JSON.
    func data(
        _ name: String,
        _ arguments: JSONObject = [:],
        as role: Role? = .admin,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let envelope = try await call(name, arguments, as: role, sourceLocation: sourceLocation)
        #expect(envelope["ok"] == true, "\(JSONValue.object(envelope).text(.compact))", sourceLocation: sourceLocation)
        return envelope["data"]?.text(.compact) ?? ""
    }

    /// Calls a tool that must fail and returns its `error`.
    func error(
        _ name: String,
        _ arguments: JSONObject = [:],
        as role: Role? = .admin,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSONObject {
        let envelope = try await call(name, arguments, as: role, sourceLocation: sourceLocation)
        #expect(envelope["ok"] == false, "\(JSONValue.object(envelope).text(.compact))", sourceLocation: sourceLocation)
        return envelope["error"]?.objectValue ?? [:]
    }

    /// Makes a preview and returns the arguments that confirm it.
    func preview(
        _ name: String,
        _ arguments: JSONObject,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSONObject {
        let preview = json(try await data(name, arguments, sourceLocation: sourceLocation))
        #expect(preview["status"] == "pending_approval", sourceLocation: sourceLocation)
        return ["approval_id": preview["approval_id"] ?? .null]
    }

    /// The names that a caller with this role is shown.
    func listed(for role: Role?) -> [String] {
        let context = context(roles: role.map { [$0.rawValue] } ?? [], subject: "ada")
        return tools.filter { $0.isListed(context) }.map(\.definition.name)
    }

    /// The path of the project's pipelines, with what follows.
    static func pipelines(_ rest: String = "", project: String = Self.project) -> String { "/v5/\(project)/api/pipelines\(rest)" }

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

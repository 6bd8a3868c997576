import AuthCommon
import CloudServer
import Foundation
import HuaweiCloud
import JSONRPC
import MCP
import ProcessSupport
import Synchronization
import Testing

@testable import ECSServer
@testable import MCPServer

/// The server's tools as a client reaches them, on a fake cloud, with a clock that a test moves.
///
/// Every result is checked against the form that servers.md §1 demands and against the advertised output schema.
struct Bench: Sendable {
    /// The project that paths name.
    static let project = "0123456789abcdef0123456789abcdef"

    /// Monotonic time in seconds.
    final class Clock: Sendable {
        private let seconds = Mutex(0)
        func advance(by seconds: Int) { self.seconds.withLock { $0 += seconds } }
        var now: Duration { seconds.withLock { .seconds($0) } }
    }

    let cloud: FakeCloud
    let clock = Clock()
    let tools: [ServerTool]

    init(_ answers: FakeCloud.Answer..., region: String = "af-south-1", project: String? = Self.project, cloud: FakeCloud = FakeCloud())
        throws
    {
        for answer in answers { cloud.add(answer) }
        self.cloud = cloud
        let client = CloudClient(
            transport: cloud,
            credentials: StaticCredentials(Credentials(accessKeyID: Secret("EXAMPLEAK"), secretAccessKey: Secret("example-secret"))),
            endpoints: Endpoints(),
            region: region,
            userAgent: "ecs-mcp-server/test",
            retryPolicy: RetryPolicy(furtherAttempts: 0),
            clock: CloudClock(now: { Date(timeIntervalSince1970: 1_768_464_930) }, sleep: { _ in }),
            random: { 0.5 },
            log: .disabled
        )
        let access = CloudAccess(
            client: client,
            projectID: ProjectIDResolver(configured: project, client: client),
            configuredProjectID: project,
            region: region
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
            service: ElasticCloudServer.service,
            policy: .twoPhase,
            store: InMemoryApprovalStore(now: { clock.now }),
            audit: ApprovalAudit(log: .disabled, policy: .twoPhase),
            newID: { ApprovalID(high: 0xFEED, low: next()) }
        )
        let environment = ToolEnvironment(
            log: .disabled,
            errorText: ErrorText(redactor: Redactor(secrets: [Secret("example-secret")])),
            approvals: approvals,
            monotonic: { clock.now },
            date: { Date(timeIntervalSince1970: 1_768_464_930) },
            newCallID: { "call-1" }
        )
        tools = try Toolbox(
            ElasticCloudServer.tools(access),
            confirmation: ElasticCloudServer.confirmation,
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

    /// The names that a caller with this role is shown.
    func listed(for role: Role?) -> [String] {
        let context = context(roles: role.map { [$0.rawValue] } ?? [], subject: "ada")
        return tools.filter { $0.isListed(context) }.map(\.definition.name)
    }

    /// The path of the project's servers, with what follows.
    static func servers(_ rest: String, version: String = "v1") -> String { "/\(version)/\(project)/cloudservers\(rest)" }

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

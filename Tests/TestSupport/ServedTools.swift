package import CloudServer
package import Foundation
import HuaweiCloud
package import MCPServer
import ProcessSupport

/// The tools of a server on a fake cloud, at a fixed time of day, with a monotonic clock that a test moves.
package struct ServedTools: Sendable {
    /// Every request is dated so: 2026-01-15T08:15:30Z.
    package static let date = Date(timeIntervalSince1970: 1_768_464_930)

    /// Where the requests go.
    package let cloud: FakeCloud
    /// What approvals and durations are measured with.
    package let clock = TestClock()
    /// What the tools record.
    package let log = LogCapture()
    /// The tools as the framework serves them.
    package let tools: [ServerTool]
    /// Resources, prompts and suggestions.
    package let features: ServedFeatures

    /// Serves the tools of a server.
    ///
    /// - Parameters:
    ///   - project: `HUAWEICLOUD_PROJECT_ID`.
    ///   - variables: The server's own variables.
    ///   - retries: How often a read is repeated.
    ///   - policy: How consent is obtained.
    ///   - declared: Makes the tools; those of the server unless given.
    package init<Server: CloudServerDefinition>(
        of server: Server.Type,
        on cloud: FakeCloud,
        region: String,
        project: String?,
        variables: [String: String] = [:],
        retries: Int = 0,
        policy: ApprovalPolicy = .twoPhase,
        date: Date = Self.date,
        declared: (CloudAccess) -> [CloudTool] = Server.tools
    ) throws {
        let client = CloudClient(
            transport: cloud,
            credentials: StaticCredentials(Credentials(accessKeyID: Secret("EXAMPLEAK"), secretAccessKey: Secret("example-secret"))),
            endpoints: Endpoints(),
            region: region,
            userAgent: "\(Server.executable)/test",
            retryPolicy: RetryPolicy(furtherAttempts: retries),
            clock: CloudClock(now: { date }, sleep: { _ in }),
            random: { 0.5 },
            log: .disabled
        )
        let access = CloudAccess(
            client: client,
            projectID: ProjectIDResolver(configured: project, client: client),
            configuredProjectID: project,
            region: region,
            variables: ServerVariables(variables)
        )
        let clock = clock
        let ids = Counter()
        let approvals = Approvals(
            service: Server.service,
            policy: policy,
            store: InMemoryApprovalStore(now: { clock.now }),
            audit: ApprovalAudit(log: log.log, policy: policy),
            newID: { ApprovalID(high: 0xFEED, low: ids.next()) }
        )
        let environment = ToolEnvironment(
            log: log.log,
            errorText: ErrorText(redactor: Redactor(secrets: [Secret("example-secret")])),
            approvals: approvals,
            monotonic: { clock.now },
            sleep: { duration in
                try Task.checkCancellation()
                clock.advance(by: duration)
            },
            date: { date },
            newCallID: { "call-1" }
        )
        self.cloud = cloud
        tools = try Toolbox(
            declared(access) + [WhoAmI.tool(Server.self, access, policy: policy)],
            confirmation: Server.confirmation,
            filter: ToolFilter(),
            approvals: approvals
        ).serverTools(environment)
        features = ServedFeatures(Server.features(access), tools: tools, environment: environment)
    }
}

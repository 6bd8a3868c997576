import FoundationEssentials
package import HuaweiCloud
import MCP
package import MCPServer
package import ProcessSupport

/// Puts a server together from its definition and configuration.
///
/// What reaches outside (log, network, clocks, chance) is handed in.
package struct ServerAssembly<Definition: CloudServerDefinition>: Sendable {
    /// The tools, after the filter.
    package let toolbox: Toolbox
    /// What every call shares.
    package let environment: ToolEnvironment
    /// What is offered beside tools.
    package let features: ServerFeatures
    /// Where the project id comes from, for the log.
    package let projectIDSource: String

    /// Puts the parts together.
    package init(
        _ configuration: ServerConfiguration,
        log: EventLog,
        redactor: Redactor,
        transport: any HuaweiCloud.HTTPTransport,
        sources: ServerSources,
        trail: AuditTrail? = nil
    ) {
        let client = CloudClient(
            transport: transport,
            credentials: StaticCredentials(configuration.credentials),
            endpoints: configuration.endpoints,
            region: configuration.region,
            userAgent: "\(Definition.executable)/\(ProductVersion.current)",
            timeout: configuration.httpTimeout,
            retryPolicy: RetryPolicy(furtherAttempts: configuration.networkRetries),
            clock: sources.cloudClock,
            redactor: redactor,
            log: log
        )
        let projectID = ProjectIDResolver(configured: configuration.projectID, client: client)
        projectIDSource =
            switch Definition.projectIDUse {
            case .required: projectID.source.rawValue
            case .optional: configuration.projectID == nil ? "none" : "configured"
            }
        let audit = ApprovalAudit(log: log, policy: configuration.approvalPolicy)
        let approvals = Approvals(
            service: Definition.service,
            policy: configuration.approvalPolicy,
            store: InMemoryApprovalStore(now: sources.monotonic, onExpiry: { audit.expired($0) }),
            audit: audit,
            newID: { ApprovalID(high: sources.randomBits(), low: sources.randomBits()) }
        )
        environment = ToolEnvironment(
            log: log,
            errorText: ErrorText(redactor: redactor),
            approvals: approvals,
            consent: Consent(
                service: Definition.service,
                keys: configuration.stateKeys,
                date: sources.cloudClock.now,
                newNonce: { String(sources.randomBits(), radix: 16) + "-" + String(sources.randomBits(), radix: 16) }
            ),
            audit: trail.map { ServerAudit(trail: $0, log: log, now: sources.cloudClock.now) },
            monotonic: sources.monotonic,
            sleep: sources.cloudClock.sleep,
            date: sources.cloudClock.now,
            newCallID: { String(sources.randomBits(), radix: 16) },
            textBudget: configuration.textBudget
        )
        let access = CloudAccess(
            client: client,
            projectID: projectID,
            configuredProjectID: configuration.projectID,
            region: configuration.region,
            variables: configuration.variables
        )
        toolbox = Toolbox(Definition.self, access, filter: configuration.filter, approvals: approvals)
        features = Definition.features(access)
    }

    /// The server for the transports.
    ///
    /// - Throws: when a tool's input schema is no valid schema, which is a bug of its declaration.
    package func server() throws(JSONSchemaError) -> MCPServer {
        let tools = try toolbox.serverTools(environment)
        let served = ServedFeatures(features, tools: tools, environment: environment)
        return MCPServer(
            info: Implementation(name: Definition.executable, version: ProductVersion.current, title: Definition.title),
            instructions: Definition.instructions,
            tools: tools,
            prompts: served.prompts,
            resources: served.resources,
            complete: served.complete
        )
    }
}

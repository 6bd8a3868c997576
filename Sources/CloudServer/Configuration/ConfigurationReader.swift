import AuthCommon
import HuaweiCloud
import MCPServer
import ProcessSupport

/// Reads the configuration of one server and collects everything that is wrong with it.
struct ConfigurationReader<Definition: CloudServerDefinition> {
    private var settings: Settings
    private let environment: Environment
    private let readFile: FileReader
    private let allowsUnauthenticated: Bool

    /// - Parameters:
    ///   - settings: The layers: command line, environment, env file.
    ///   - readFile: Reads key files.
    ///   - allowsUnauthenticated: `--allow-unauthenticated`.
    init(_ settings: Settings, allowsUnauthenticated: Bool, readFile: @escaping FileReader) {
        self.settings = settings
        environment = settings.variables
        self.readFile = readFile
        self.allowsUnauthenticated = allowsUnauthenticated
    }

    /// The configuration.
    ///
    /// - Throws: every problem, in the order of servers.md §7.1.
    mutating func read() throws(ConfigurationProblems) -> ServerConfiguration {
        let credentials = Credentials(
            accessKeyID: settings.requiredSecret("HUAWEICLOUD_ACCESS_KEY_ID"),
            secretAccessKey: settings.requiredSecret("HUAWEICLOUD_SECRET_ACCESS_KEY"),
            securityToken: settings.secret("HUAWEICLOUD_SECURITY_TOKEN")
        )
        let region = readRegion()
        let projectID = settings.text("HUAWEICLOUD_PROJECT_ID")
        let variables = readOwnVariables()
        let transport = readTransport()
        let logLevel = settings.choice(SettingKey("HUAWEICLOUD_MCP_LOG_LEVEL", option: "--log-level"), default: LogLevel.info)
        let logFile = settings.text(SettingKey("HUAWEICLOUD_MCP_LOG_FILE", option: "--log-file"))
        let auditFile = settings.text(SettingKey("MCP_AUDIT_FILE", option: "--audit-file"))
        let timeout = settings.integer("HUAWEICLOUD_MCP_HTTP_TIMEOUT", in: 1...600, default: 30)
        let retries = settings.integer("HUAWEICLOUD_MCP_NETWORK_RETRIES", in: 0...5, default: 2)
        let filter = Self.readFilter(&settings)
        let authentication = readAuthentication(transport)
        let sessions = readSessionsPerSubject(authentication)
        let policy = readApprovalPolicy()
        let stateKeys = readStateKeys()
        let textBytes = settings.integer("MCP_MAX_TEXT_BYTES", in: TextBudget.range, default: TextBudget.default.bytes)
        let exits = settings.boolean("MCP_EXIT_ON_STDIN_CLOSE", default: false)
        let endpoints = readEndpoints(region)
        guard settings.problems.isEmpty, let transport, let authentication else { throw ConfigurationProblems(settings.problems) }
        return ServerConfiguration(
            credentials: credentials,
            region: region,
            projectID: projectID,
            endpoints: endpoints,
            httpTimeout: .seconds(timeout),
            networkRetries: retries,
            variables: variables,
            transport: transport,
            authentication: authentication,
            approvalPolicy: policy,
            stateKeys: stateKeys,
            textBudget: TextBudget(bytes: textBytes),
            sessionsPerSubject: sessions,
            filter: filter,
            logLevel: logLevel,
            logFile: logFile,
            auditFile: auditFile,
            exitsWhenStdinCloses: exits,
            secrets: settings.secrets
        )
    }

    /// The tool filter alone, which `--list-tools` needs without the rest.
    ///
    /// It cannot be wrong.
    static func readFilter(_ settings: inout Settings) -> ToolFilter {
        ToolFilter(
            include: (settings.list("MCP_INCLUDE_TOOLS") ?? []).map { Glob($0) },
            exclude: (settings.list("MCP_EXCLUDE_TOOLS") ?? []).map { Glob($0) }
        )
    }

    private mutating func readRegion() -> String {
        let names = Definition.regionVariables
        for name in names {
            if let region = settings.text(SettingKey(name)) { return region }
        }
        let others = names.dropLast().map { " or \($0)" }.joined()
        settings.report(names.last ?? "HUAWEICLOUD_REGION", "is required: set the variable\(others), e.g. to af-south-1")
        return ""
    }

    private mutating func readOwnVariables() -> ServerVariables {
        var values: [String: String] = [:]
        for variable in Definition.variables {
            guard let value = settings.text(SettingKey(variable.name)) ?? variable.defaultValue else { continue }
            if let problem = variable.problem(value) { settings.report(variable.name, problem) }
            values[variable.name] = value
        }
        return ServerVariables(values)
    }

    private mutating func readTransport() -> ServerTransport? {
        let key = SettingKey("MCP_TRANSPORT", option: "--transport")
        let names = ["stdio", "sse", "streamable-http"]
        let name = settings.choice(key, among: names.map { ($0, $0) }, default: "stdio")
        let hostKey = SettingKey("MCP_HOST", option: "--host")
        let host = settings.text(hostKey) ?? "127.0.0.1"
        let isSocket = host.hasPrefix("unix:")
        let port = isSocket ? 0 : settings.integer(SettingKey("MCP_PORT", option: "--port"), in: 0...65_535, default: 8_000)
        do {
            let address = try ListenAddress(host, port: port)
            return name == "stdio" ? .stdio : .http(address, name: name)
        } catch {
            settings.report(settings.find(hostKey)?.name ?? hostKey.variable, error.message)
            return nil
        }
    }

    /// Where everybody is the development identity, a default would bound them all together.
    private mutating func readSessionsPerSubject(_ authentication: ServerAuthentication?) -> Int {
        let range = 1...100_000
        let fallback: Int
        if case .development = authentication { fallback = range.upperBound } else { fallback = 200 }
        return settings.integer("MCP_MAX_SESSIONS_PER_SUBJECT", in: range, default: fallback)
    }

    private mutating func readApprovalPolicy() -> ApprovalPolicy {
        settings.choice(
            SettingKey("MCP_APPROVAL_POLICY", option: "--approval-policy"),
            default: ApprovalPolicy.automatic,
            case: .exact
        )
    }

    /// The key ring, newest first; every key is a secret of its own.
    private mutating func readStateKeys() -> [RequestStateKey] {
        let variable = "MCP_STATE_KEYS"
        guard let ring = settings.secret(SettingKey(variable)) else { return [] }
        var keys: [RequestStateKey] = []
        for (index, part) in ring.reveal().split(separator: ",", omittingEmptySubsequences: false).enumerated() {
            let text = part.trimmed
            settings.remember(Secret(text))
            if let bytes = Base64.decode(text), bytes.count == RequestStateKey.minimumBytes, let key = RequestStateKey(bytes) {
                keys.append(key)
            } else {
                settings.report(
                    variable,
                    "key \(index + 1) must be 32 bytes in base64 (44 characters); separate keys by commas, newest first"
                )
            }
        }
        return keys
    }

    private mutating func readEndpoints(_ region: String) -> Endpoints {
        let environment = environment
        let endpoints = Endpoints(overrides: { environment[$0] })
        let services = [Definition.cloudService] + (Definition.projectIDUse == .required ? [.iam] : [])
        if !region.isEmpty {
            for problem in endpoints.problems(for: services, region: region) { settings.report(problem.variable, problem.message) }
        }
        return endpoints
    }

    /// On stdio the key is ignored; a listener without one must be on loopback or explicitly open (servers.md §5.2).
    private mutating func readAuthentication(_ transport: ServerTransport?) -> ServerAuthentication? {
        let (subject, roles) = DevelopmentIdentity.read(&settings)
        let development = Identity(subject: subject, roles: roles)
        guard case .http(let address, _) = transport else { return .development(development, isOpen: false) }
        let keyVariable = "MCP_GATEWAY_IDENTITY_PUBLIC_KEY"
        if let spec = settings.text(SettingKey(keyVariable)) {
            let audience = settings.text("MCP_GATEWAY_IDENTITY_AUDIENCE") ?? Definition.service
            do {
                let material = try KeySpec(spec, named: keyVariable).load(environment: environment, readFile: readFile)
                return .assertions(keys: try IdentityKeys.publicKeys(material), audience: audience)
            } catch {
                settings.report(error.name, error.message)
                return nil
            }
        }
        if address.isLoopback { return .development(development, isOpen: false) }
        if allowsUnauthenticated { return .development(development, isOpen: true) }
        settings.report(
            keyVariable,
            "is required to listen on \(address), which other machines can reach; set it, listen on 127.0.0.1, or give "
                + "--allow-unauthenticated to make everybody who can connect \(roles.isEmpty ? "a caller" : roles.joined(separator: ", "))"
        )
        return nil
    }
}

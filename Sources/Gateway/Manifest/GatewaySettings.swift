import AuthCommon
import Crypto
import ProcessSupport

/// The settings of gateway.md §4 from the command line, the environment and the env file.
struct GatewaySettings: Sendable {
    /// The manifest file.
    let manifestPath: String
    /// Where the public listener is.
    private(set) var address: ListenAddress
    /// Where the admin listener is.
    private(set) var adminPort: AdminPort
    /// Least level of log records.
    let logLevel: LogLevel
    /// Form of log records.
    let logFormat: LogFormat
    /// `MCP_GATEWAY_ENABLED_SERVICES`, exactly as it is set; nil when it is not.
    let enabledServices: String?
    /// Who may call.
    private(set) var mode: AuthenticationMode
    /// Whether mode `dev` is for loopback peers only.
    private(set) var devLoopbackOnly: Bool
    /// The identity in the modes without tokens.
    private(set) var devIdentity: Identity
    /// Overrides `jwt.public_key`.
    let publicKey: Secret?
    /// Overrides `jwt.issuer`.
    let issuer: String?
    /// Overrides `jwt.audience`.
    let audiences: [String]?
    /// Overrides `jwt.revocations`.
    let revocations: String?
    /// Where the audit trail is; nil for none.
    let auditFile: String?
    /// Where the key for identity assertions is.
    let identityKey: Secret?
    /// Seals session ids.
    let sessionKey: SymmetricKey?
    /// Seconds of silence before a comment is sent on an event stream.
    let sseKeepAlive: Int
    /// All variables, the env file's too, for key specs and children.
    let variables: Environment
    /// What must never appear in a log.
    let secrets: [Secret]

    /// Whether anyone at all may call.
    var isOpen: Bool { mode == .disabled || mode == .dev && !devLoopbackOnly }

    /// Reads the settings.
    ///
    /// - Parameters:
    ///   - options: The command line.
    ///   - environment: The real environment.
    ///   - file: The variables of the env file.
    ///   - problems: Receives everything that is wrong.
    init(options: GatewayOptions, environment: Environment, file: [String: String], problems: inout [ConfigurationProblem]) {
        var settings = Settings(commandLine: options.settings, environment: environment, file: file)
        manifestPath = settings.text(SettingKey("MCP_GATEWAY_MANIFEST", option: "--manifest")) ?? "manifest.json"
        address = Self.address(&settings)
        adminPort = Self.adminPort(&settings)
        logLevel = settings.choice(SettingKey("MCP_GATEWAY_LOG_LEVEL", option: "--log-level"), default: LogLevel.info)
        logFormat = settings.choice("MCP_GATEWAY_LOG_FORMAT", default: LogFormat.text)
        let name = "MCP_GATEWAY_ENABLED_SERVICES"
        enabledServices = environment[name].flatMap { $0.isEmpty ? nil : $0 } ?? file[name]
        mode = settings.choice("MCP_GATEWAY_AUTH_MODE", default: AuthenticationMode.jwt, empty: .refused)
        devLoopbackOnly = settings.boolean("MCP_DEV_LOOPBACK_ONLY", default: true, empty: .refused)
        let (subject, roles) = DevelopmentIdentity.read(&settings)
        devIdentity = Identity(subject: mode == .disabled ? "anonymous" : subject, roles: roles)
        publicKey = settings.text("MCP_JWT_PUBLIC_KEY").map(Secret.init)
        issuer = settings.text("MCP_JWT_ISSUER")
        audiences = Self.audiences(&settings)
        revocations = settings.text(SettingKey("MCP_JWT_REVOCATIONS", option: "--revocations"))
        auditFile = settings.text(SettingKey("MCP_GATEWAY_AUDIT_FILE", option: "--audit-file"))
        identityKey = settings.text("MCP_GATEWAY_IDENTITY_PRIVATE_KEY").map(Secret.init)
        sessionKey = Self.sessionKey(&settings)
        sseKeepAlive = settings.integer("MCP_GATEWAY_SSE_KEEPALIVE", in: 1...300, default: 15)
        variables = settings.variables
        // The servers' secrets pass through the gateway, in their environment and perhaps in a line of their stderr.
        for name in ["HUAWEICLOUD_ACCESS_KEY_ID", "HUAWEICLOUD_SECRET_ACCESS_KEY", "HUAWEICLOUD_SECURITY_TOKEN", "MCP_STATE_KEYS"] {
            _ = settings.secret(SettingKey(name))
        }
        secrets = settings.secrets
        problems += settings.problems.map { ConfigurationProblem($0.name, $0.message) }
    }

    /// Addresses and modes do not change by a reload (gateway.md §12).
    func keepingAddressesAndModes(of running: GatewaySettings) -> GatewaySettings {
        var settings = self
        settings.address = running.address
        settings.adminPort = running.adminPort
        settings.mode = running.mode
        settings.devLoopbackOnly = running.devLoopbackOnly
        settings.devIdentity = running.devIdentity
        return settings
    }

    private static func address(_ settings: inout Settings) -> ListenAddress {
        let host = settings.text(SettingKey("MCP_GATEWAY_HOST", option: "--host"), empty: .refused) ?? "127.0.0.1"
        let port = settings.integer(
            SettingKey("MCP_GATEWAY_PORT", option: "--port"),
            in: 0...65_535,
            default: 8_080,
            empty: .refused
        )
        do throws(ListenAddress.Failure) {
            return try ListenAddress(host, port: port)
        } catch {
            settings.report("MCP_GATEWAY_HOST", error.message)
            return fallbackAddress
        }
    }

    private static func adminPort(_ settings: inout Settings) -> AdminPort {
        let key = SettingKey("MCP_GATEWAY_ADMIN_PORT", option: "--admin-port")
        guard let value = settings.find(key, empty: .refused) else { return .preferred(9_090) }
        if value.text.lowercased() == "off" { return .off }
        let isNumber = !value.text.isEmpty && value.text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isNumber, let port = Int(value.text), port <= 65_535 else {
            settings.report(value.name, value.text.isEmpty ? "must not be empty" : "must be a port from 0 to 65535, or off")
            return .off
        }
        return .required(port)
    }

    private static func audiences(_ settings: inout Settings) -> [String]? {
        guard let list = settings.list("MCP_JWT_AUDIENCE") else { return nil }
        if list.isEmpty { settings.report("MCP_JWT_AUDIENCE", "must name at least one audience") }
        return list
    }

    private static func sessionKey(_ settings: inout Settings) -> SymmetricKey? {
        guard let text = settings.secret("MCP_GATEWAY_SESSION_KEY") else { return nil }
        guard let bytes = Base64.decode(Array(text.reveal().utf8)), bytes.count == 32 else {
            settings.report("MCP_GATEWAY_SESSION_KEY", "must be 32 bytes in base64, as `openssl rand -base64 32` prints them")
            return nil
        }
        return SymmetricKey(data: bytes)
    }

    private static let fallbackAddress: ListenAddress = {
        guard let address = try? ListenAddress("127.0.0.1", port: 8_080) else { preconditionFailure("127.0.0.1 is an address") }
        return address
    }()
}

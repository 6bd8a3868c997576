import AuthCommon
import Crypto
import HuaweiCloud
import ProcessSupport
import Testing

@testable import CloudServer

/// The table of servers.md §7.1.
@Suite struct ServerConfigurationTests {
    private func read(_ changes: [String: String?], _ arguments: [String] = [], files: [String: String] = [:]) -> LaunchTests.Outcome {
        var environment = LaunchTests.complete
        for (name, value) in changes { environment[name] = value }
        return LaunchTests.launch(arguments, environment, files: files)
    }

    @Test func theDefaultsAreThoseOfTheTable() throws {
        let configuration = try #require(read([:]).configuration)
        #expect(configuration.transport == .stdio)
        #expect(configuration.region == "af-south-1")
        #expect(configuration.projectID == nil)
        #expect(configuration.logLevel == .info)
        #expect(configuration.logFile == nil)
        #expect(configuration.httpTimeout == .seconds(30))
        #expect(configuration.networkRetries == 2)
        #expect(configuration.approvalPolicy == .automatic)
        #expect(!configuration.exitsWhenStdinCloses)
        #expect(configuration.credentials.securityToken == nil)
        #expect(configuration.variables["FAKE_ZONE"] == "Asia/Shanghai")
        #expect(configuration.variables["FAKE_PROJECT"] == nil)
        guard case .development(let identity, let isOpen) = configuration.authentication else {
            Issue.record("not the development identity")
            return
        }
        #expect(identity == Identity(subject: "dev-local", roles: ["admin"]))
        #expect(!isOpen)
    }

    @Test func everyMissingNameIsToldOnALineOfItsOwn() {
        let outcome = LaunchTests.launch([], [:])
        #expect(outcome.code == .usage)
        let lines = outcome.errors.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(
            lines.map { $0.prefix { $0 != ":" } } == ["HUAWEICLOUD_ACCESS_KEY_ID", "HUAWEICLOUD_SECRET_ACCESS_KEY", "HUAWEICLOUD_REGION"]
        )
    }

    @Test func missingNamesAndInvalidValuesAreToldTogether() {
        let outcome = LaunchTests.launch(
            ["--port", "65536", "--transport", "http"],
            [
                "HUAWEICLOUD_MCP_HTTP_TIMEOUT": "0", "HUAWEICLOUD_MCP_NETWORK_RETRIES": "six", "HUAWEICLOUD_MCP_LOG_LEVEL": "loud",
                "FAKE_ZONE": "x",
            ]
        )
        for name in [
            "HUAWEICLOUD_ACCESS_KEY_ID", "HUAWEICLOUD_SECRET_ACCESS_KEY", "HUAWEICLOUD_REGION", "--port", "--transport",
            "HUAWEICLOUD_MCP_HTTP_TIMEOUT", "HUAWEICLOUD_MCP_NETWORK_RETRIES", "HUAWEICLOUD_MCP_LOG_LEVEL", "FAKE_ZONE",
        ] { #expect(outcome.errors.contains("\(name): "), "\(name)") }
    }

    @Test func anEmptyValueCountsAsNotSet() {
        #expect(read(["HUAWEICLOUD_SECRET_ACCESS_KEY": "  "]).errors.contains("HUAWEICLOUD_SECRET_ACCESS_KEY"))
        #expect(read(["MCP_PORT": "", "MCP_TRANSPORT": " "]).configuration?.transport == .stdio)
    }

    @Test func valuesAreTrimmed() {
        #expect(read(["HUAWEICLOUD_REGION": " af-south-1 "]).configuration?.region == "af-south-1")
    }

    @Test(arguments: [
        ("HUAWEICLOUD_MCP_HTTP_TIMEOUT", "0", false), ("HUAWEICLOUD_MCP_HTTP_TIMEOUT", "1", true),
        ("HUAWEICLOUD_MCP_HTTP_TIMEOUT", "600", true), ("HUAWEICLOUD_MCP_HTTP_TIMEOUT", "601", false),
        ("HUAWEICLOUD_MCP_HTTP_TIMEOUT", "1.5", false), ("HUAWEICLOUD_MCP_NETWORK_RETRIES", "0", true),
        ("HUAWEICLOUD_MCP_NETWORK_RETRIES", "5", true), ("HUAWEICLOUD_MCP_NETWORK_RETRIES", "6", false),
        ("HUAWEICLOUD_MCP_NETWORK_RETRIES", "-1", false), ("MCP_PORT", "0", true), ("MCP_PORT", "65535", true),
        ("MCP_PORT", "65536", false),
        ("MCP_PORT", "-1", false), ("HUAWEICLOUD_MCP_LOG_LEVEL", "TRACE", true), ("HUAWEICLOUD_MCP_LOG_LEVEL", "Critical", true),
        ("HUAWEICLOUD_MCP_LOG_LEVEL", "warn", false), ("MCP_TRANSPORT", "sse", true), ("MCP_TRANSPORT", "streamable-http", true),
        ("MCP_TRANSPORT", "http", false), ("MCP_HOST", "localhost", true), ("MCP_HOST", "::1", true),
        ("MCP_HOST", "unix:/tmp/x.sock", true),
        ("MCP_HOST", "example.com", false), ("MCP_HOST", "unix:relative", false), ("MCP_EXIT_ON_STDIN_CLOSE", "1", true),
        ("MCP_EXIT_ON_STDIN_CLOSE", "maybe", false), ("MCP_MAX_SESSIONS_PER_SUBJECT", "1", true),
        ("MCP_MAX_SESSIONS_PER_SUBJECT", "100000", true), ("MCP_MAX_SESSIONS_PER_SUBJECT", "0", false),
        ("MCP_MAX_SESSIONS_PER_SUBJECT", "100001", false), ("MCP_APPROVAL_POLICY", "two-phase", true),
        ("MCP_APPROVAL_POLICY", "auto", true),
        ("MCP_APPROVAL_POLICY", "four-eyes", true), ("MCP_APPROVAL_POLICY", "elicit", true), ("MCP_APPROVAL_POLICY", "yes", false),
        ("MCP_APPROVAL_POLICY", "AUTO", false), ("FAKE_ZONE", "Europe/Berlin", true), ("FAKE_ZONE", "Berlin", false),
        ("HUAWEICLOUD_SDK_REGION_ECS_AF_SOUTH_1", "http://127.0.0.1:1", true), ("HUAWEICLOUD_SDK_REGION_ECS_AF_SOUTH_1", "ftp://x", false),
        ("HUAWEICLOUD_SDK_IAM_ENDPOINT", "127.0.0.1:99999", false), ("HUAWEICLOUD_SDK_REGION_CTS_AF_SOUTH_1", "ftp://x", true),
    ])
    func everyVariableHasItsRule(name: String, value: String, valid: Bool) {
        let outcome = read([name: value])
        #expect((outcome.configuration != nil) == valid)
        if !valid {
            #expect(outcome.code == .usage)
            #expect(outcome.errors.hasPrefix("\(name)"))
            #expect(outcome.errors.split(separator: "\n").count == 1)
        }
    }

    @Test func sessionsAreBoundedPerSubjectWhereSubjectsDiffer() throws {
        let gateway: [String: String?] = ["MCP_TRANSPORT": "sse", "MCP_GATEWAY_IDENTITY_PUBLIC_KEY": Self.key]
        #expect(try #require(read(gateway).configuration).sessionsPerSubject == 200)
        #expect(try #require(read(["MCP_TRANSPORT": "sse"]).configuration).sessionsPerSubject == 100_000)
        for base in [gateway, ["MCP_TRANSPORT": "sse"]] {
            let configuration = read(base.merging(["MCP_MAX_SESSIONS_PER_SUBJECT": "3"]) { $1 }).configuration
            #expect(try #require(configuration).sessionsPerSubject == 3)
        }
    }

    @Test(arguments: ApprovalPolicy.allCases) func everyPolicyOfTheTableIsAvailable(policy: ApprovalPolicy) {
        #expect(read([:], ["--approval-policy", policy.rawValue]).configuration?.approvalPolicy == policy)
        #expect(read(["MCP_APPROVAL_POLICY": policy.rawValue]).configuration?.approvalPolicy == policy)
    }

    @Test func anUnknownPolicyRefusesToStart() {
        let outcome = read([:], ["--approval-policy", "ask-nicely"])
        #expect(outcome.code == .usage)
        #expect(outcome.errors.hasPrefix("--approval-policy: must be one of auto, two-phase, elicit, four-eyes"))
    }

    // MARK: State keys (consent.md §2)

    private static func stateKey(_ byte: UInt8, count: Int = 32) -> String { Base64.encode([UInt8](repeating: byte, count: count)) }

    @Test func stateKeysAreARingNewestFirst() {
        let ring = "\(Self.stateKey(1)), \(Self.stateKey(2))"
        #expect(read(["MCP_STATE_KEYS": ring]).configuration?.stateKeys.count == 2)
        #expect(read([:]).configuration?.stateKeys.isEmpty == true)
        #expect(read(["MCP_STATE_KEYS": " "]).configuration?.stateKeys.isEmpty == true)
    }

    @Test(arguments: [
        ("not base64!", 1), (stateKey(1, count: 31), 1), (stateKey(1, count: 33), 1), ("\(stateKey(1)),", 2),
        ("\(stateKey(1)),\(stateKey(2, count: 16))", 2), (String(stateKey(1).dropLast()), 1),
    ])
    func aMalformedStateKeyRefusesToStartAndIsNotPrinted(ring: String, number: Int) {
        let outcome = read(["MCP_STATE_KEYS": ring])
        #expect(outcome.code == .usage)
        #expect(outcome.errors.hasPrefix("MCP_STATE_KEYS: key \(number) must be 32 bytes in base64"))
        #expect(!outcome.errors.contains(Self.stateKey(1).prefix(20)))
        #expect(!outcome.errors.contains("not base64"))
    }

    @Test func theValueOfASecretIsNeverPrinted() {
        let outcome = read([
            "HUAWEICLOUD_REGION": nil, "HUAWEICLOUD_SECRET_ACCESS_KEY": "very-secret-key", "HUAWEICLOUD_SECURITY_TOKEN": "token-text",
            "MCP_STATE_KEYS": "state-key-text",
        ])
        #expect(outcome.code == .usage)
        for secret in ["very-secret-key", "token-text", "AKID", "state-key-text"] { #expect(!outcome.errors.contains(secret)) }
    }

    @Test func everySecretIsKnownForRedaction() {
        let keys = [Self.stateKey(1), Self.stateKey(2)]
        let ring = keys.joined(separator: ",")
        let configuration = read(["HUAWEICLOUD_SECURITY_TOKEN": "token-text", "MCP_STATE_KEYS": ring]).configuration
        #expect(configuration?.secrets.map { $0.reveal() } == ["AKID", "very-secret-key", "token-text", ring] + keys)
    }

    @Test func anUnknownRegionIsNoStartupError() {
        #expect(read(["HUAWEICLOUD_REGION": "moon-1"]).configuration?.region == "moon-1")
    }

    @Test func aUnixSocketNeedsNoPort() throws {
        let transport = read(["MCP_TRANSPORT": "sse", "MCP_HOST": "unix:/tmp/x.sock", "MCP_PORT": "nonsense"]).configuration?.transport
        #expect(try transport == LaunchTests.http("unix:/tmp/x.sock", 0, "sse"))
    }

    // MARK: Identity (servers.md §5)

    private static let key = IdentityKeys.pem(Curve25519.Signing.PrivateKey().publicKey)

    @Test func setButEmptyRolesMeanNoRoles() {
        guard case .development(let identity, _)? = read(["MCP_DEV_SUBJECT": " eve ", "MCP_DEV_ROLES": ""]).configuration?.authentication
        else {
            Issue.record("not the development identity")
            return
        }
        #expect(identity == Identity(subject: "eve", roles: []))
    }

    @Test(arguments: ["127.0.0.1", "127.8.9.1", "::1", "localhost", "unix:/tmp/x.sock"])
    func onLoopbackNoKeyIsNeeded(host: String) {
        #expect(read(["MCP_TRANSPORT": "sse", "MCP_HOST": host]).configuration != nil)
    }

    @Test(arguments: ["0.0.0.0", "::", "10.0.0.1", "192.168.1.1"])
    func beyondLoopbackAKeyIsNeeded(host: String) {
        let outcome = read(["MCP_TRANSPORT": "streamable-http", "MCP_HOST": host])
        #expect(outcome.code == .usage)
        #expect(outcome.errors.hasPrefix("MCP_GATEWAY_IDENTITY_PUBLIC_KEY: "))
        #expect(outcome.errors.contains("--allow-unauthenticated"))
        #expect(read(["MCP_TRANSPORT": "sse", "MCP_HOST": host, "MCP_GATEWAY_IDENTITY_PUBLIC_KEY": Self.key]).configuration != nil)
    }

    @Test func onlyAllowUnauthenticatedOpensAListenerWithoutAKey() {
        let outcome = read(["MCP_TRANSPORT": "sse", "MCP_HOST": "0.0.0.0"], ["--allow-unauthenticated"])
        guard case .development(_, isOpen: true)? = outcome.configuration?.authentication else {
            Issue.record("not open")
            return
        }
    }

    @Test func stdioIgnoresHostAndKey() {
        let outcome = read(["MCP_HOST": "0.0.0.0", "MCP_GATEWAY_IDENTITY_PUBLIC_KEY": "nonsense"])
        #expect(outcome.configuration?.transport == .stdio)
    }

    @Test func theAudienceIsTheServiceUnlessConfigured() {
        for (value, audience) in [(nil, "fake"), ("ecs-2", "ecs-2"), ("", "fake")] as [(String?, String)] {
            let outcome = read(
                [
                    "MCP_TRANSPORT": "sse", "MCP_GATEWAY_IDENTITY_PUBLIC_KEY": "file:k.pem", "MCP_GATEWAY_IDENTITY_AUDIENCE": value,
                ],
                files: ["k.pem": Self.key + Self.key]
            )
            guard case .assertions(let keys, let actual)? = outcome.configuration?.authentication else {
                Issue.record("no key: \(outcome.errors)")
                return
            }
            #expect(keys.count == 2)
            #expect(actual == audience)
        }
    }

    @Test func anUnusableKeyRefusesToStart() {
        for spec in ["nonsense", "file:missing.pem", "env:UNSET"] {
            let outcome = read(["MCP_TRANSPORT": "sse", "MCP_GATEWAY_IDENTITY_PUBLIC_KEY": spec])
            #expect(outcome.code == .usage)
            #expect(outcome.errors.hasPrefix("MCP_GATEWAY_IDENTITY_PUBLIC_KEY"))
        }
    }

    // MARK: Region of the pipeline server

    private func pipelineRegion(_ variables: [String: String]) -> LaunchTests.Outcome {
        var environment = LaunchTests.complete
        environment["HUAWEICLOUD_REGION"] = nil
        return LaunchTests.launch([], environment.merging(variables) { $1 }, as: FakePipelineServer.self)
    }

    @Test func aServersOwnRegionVariableBeatsTheCommonOne() {
        #expect(pipelineRegion(["CODEARTS_REGION": "a", "HUAWEICLOUD_REGION": "b"]).configuration?.region == "a")
        #expect(pipelineRegion(["HUAWEICLOUD_REGION": "b"]).configuration?.region == "b")
        #expect(pipelineRegion(["CODEARTS_REGION": "", "HUAWEICLOUD_REGION": "b"]).configuration?.region == "b")
        let errors = pipelineRegion([:]).errors
        #expect(errors.contains("HUAWEICLOUD_REGION") && errors.contains("CODEARTS_REGION"))
    }

    @Test func iamIsNotCheckedWhereItIsNotUsed() {
        #expect(pipelineRegion(["HUAWEICLOUD_REGION": "b", "HUAWEICLOUD_SDK_IAM_ENDPOINT": "ftp://x"]).configuration != nil)
    }
}

import AuthCommon
import Crypto
import Foundation
import ProcessSupport
import Testing

@testable import Gateway

/// The variables of gateway.md §4.
@Suite struct GatewaySettingsTests {
    private func read(
        _ environment: [String: String] = [:],
        options: GatewayOptions = GatewayOptions(),
        file: [String: String] = [:]
    ) -> (GatewaySettings, [String]) {
        var problems: [ConfigurationProblem] = []
        let settings = GatewaySettings(options: options, environment: Environment(environment), file: file, problems: &problems)
        return (settings, problems.map(\.description))
    }

    @Test("defaults") func defaults() throws {
        let (settings, problems) = read()
        #expect(problems.isEmpty)
        #expect(settings.manifestPath == "manifest.json")
        #expect(settings.address == (try ListenAddress("127.0.0.1", port: 8_080)))
        #expect(settings.adminPort == .preferred(9_090))
        #expect(settings.logLevel == .info)
        #expect(settings.logFormat == .text)
        #expect(settings.mode == .jwt)
        #expect(settings.devLoopbackOnly)
        #expect(!settings.isOpen)
        #expect(settings.devIdentity == Identity(subject: "dev-local", roles: ["admin"]))
        #expect(settings.sseKeepAlive == 15)
        #expect(settings.sessionKey == nil && settings.identityKey == nil && settings.enabledServices == nil)
    }

    @Test(
        "set but empty is an error where it must be, and unset elsewhere",
        arguments: [
            ("MCP_GATEWAY_HOST", false), ("MCP_GATEWAY_PORT", false), ("MCP_GATEWAY_ADMIN_PORT", false), ("MCP_GATEWAY_AUTH_MODE", false),
            ("MCP_DEV_LOOPBACK_ONLY", false), ("MCP_GATEWAY_MANIFEST", true), ("MCP_GATEWAY_LOG_LEVEL", true),
            ("MCP_GATEWAY_LOG_FORMAT", true), ("MCP_GATEWAY_ENABLED_SERVICES", true), ("MCP_DEV_SUBJECT", true), ("MCP_DEV_ROLES", true),
            ("MCP_JWT_PUBLIC_KEY", true), ("MCP_JWT_ISSUER", true), ("MCP_JWT_AUDIENCE", true), ("MCP_GATEWAY_IDENTITY_PRIVATE_KEY", true),
            ("MCP_GATEWAY_SESSION_KEY", true), ("MCP_GATEWAY_SSE_KEEPALIVE", true),
        ]
    )
    func empty(name: String, isFine: Bool) {
        for value in ["", "  "] where name != "MCP_GATEWAY_ENABLED_SERVICES" || value.isEmpty {
            let (_, problems) = read([name: value])
            #expect(problems.isEmpty == isFine, "\(name)=\(value)")
        }
    }

    @Test(
        "bad values",
        arguments: [
            ("MCP_GATEWAY_HOST", "example.com"), ("MCP_GATEWAY_HOST", "unix:relative"), ("MCP_GATEWAY_PORT", "65536"),
            ("MCP_GATEWAY_PORT", "-1"), ("MCP_GATEWAY_PORT", "80x"), ("MCP_GATEWAY_ADMIN_PORT", "none"),
            ("MCP_GATEWAY_ADMIN_PORT", "65536"),
            ("MCP_GATEWAY_LOG_LEVEL", "loud"), ("MCP_GATEWAY_LOG_FORMAT", "xml"), ("MCP_GATEWAY_AUTH_MODE", "none"),
            ("MCP_GATEWAY_AUTH_MODE", "off"), ("MCP_DEV_LOOPBACK_ONLY", "maybe"), ("MCP_DEV_LOOPBACK_ONLY", "2"),
            ("MCP_GATEWAY_SSE_KEEPALIVE", "0"), ("MCP_GATEWAY_SSE_KEEPALIVE", "301"), ("MCP_GATEWAY_SESSION_KEY", "short"),
            ("MCP_GATEWAY_SESSION_KEY", "AAAA"), ("MCP_JWT_AUDIENCE", ","),
        ]
    )
    func bad(name: String, value: String) {
        let (_, problems) = read([name: value])
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("\(name): ") == true)
    }

    @Test(
        "words in any case",
        arguments: [("True", true), ("YES", true), ("1", true), ("fAlse", false), ("NO", false), ("0", false)]
    )
    func words(value: String, expected: Bool) {
        let (settings, problems) = read([
            "MCP_DEV_LOOPBACK_ONLY": value, "MCP_GATEWAY_AUTH_MODE": "DEV", "MCP_GATEWAY_LOG_LEVEL": "WarNing",
            "MCP_GATEWAY_LOG_FORMAT": "JSON",
        ])
        #expect(problems.isEmpty)
        #expect(settings.devLoopbackOnly == expected)
        #expect(settings.mode == .dev)
        #expect(settings.logLevel == .warning)
        #expect(settings.logFormat == .json)
    }

    @Test("roles set but empty are none") func noRoles() {
        #expect(read(["MCP_DEV_ROLES": ""]).0.devIdentity.roles == [])
        #expect(read(["MCP_DEV_ROLES": "a, b"]).0.devIdentity.roles == ["a", "b"])
    }

    @Test(
        "the admin port",
        arguments: [("off", .off), ("OFF", .off), ("0", .required(0)), ("9090", .required(9_090))] as [(String, AdminPort)]
    )
    func adminPort(value: String, expected: AdminPort) { #expect(read(["MCP_GATEWAY_ADMIN_PORT": value]).0.adminPort == expected) }

    @Test("command line beats environment beats env file") func precedence() throws {
        var options = GatewayOptions()
        options.port = "1"
        let (settings, _) = read(
            ["MCP_GATEWAY_PORT": "2", "MCP_GATEWAY_HOST": "::1"],
            options: options,
            file: ["MCP_GATEWAY_PORT": "3", "MCP_GATEWAY_HOST": "0.0.0.0", "MCP_GATEWAY_LOG_LEVEL": "error"]
        )
        #expect(settings.address == (try ListenAddress("::1", port: 1)))
        #expect(settings.logLevel == .error)
        options.port = ""
        #expect(read([:], options: options).1.count == 1)
    }

    @Test("enabled services: blanks are a value, the empty text is none") func enabledServices() {
        #expect(read(["MCP_GATEWAY_ENABLED_SERVICES": " "]).0.enabledServices == " ")
        #expect(read(["MCP_GATEWAY_ENABLED_SERVICES": ""], file: ["MCP_GATEWAY_ENABLED_SERVICES": "a"]).0.enabledServices == "a")
    }

    @Test("a session key of 32 bytes, kept out of the logs") func sessionKey() {
        let text = Data((0..<32).map { UInt8($0) }).base64EncodedString()
        let (settings, problems) = read(["MCP_GATEWAY_SESSION_KEY": text])
        #expect(problems.isEmpty)
        #expect(settings.sessionKey?.bitCount == 256)
        #expect(settings.secrets.contains(Secret(text)))
    }
}

import AuthCommon
import Crypto
import CryptoExtras
import Foundation
import JSONRPC
import ProcessSupport
import Testing

@testable import Gateway

@Suite struct GatewayPlanTests {
    private let devManifest = #"{"services":[{"name":"ecs","command":["ecs-mcp-server"]}]}"#

    private func load(
        _ manifest: String,
        environment: [String: String] = [:],
        options: GatewayOptions = GatewayOptions(),
        files: [String: String] = [:],
        executables: Set<String> = ["/opt/gateway/ecs-mcp-server"],
        purpose: GatewayPlan.Purpose = .serve
    ) throws -> GatewayPlan {
        let all = TestFiles(files: files.merging(["manifest.json": manifest]) { $1 })
        return try GatewayPlan.load(options, on: all.host(environment, executables: executables), for: purpose)
    }

    private func problems(
        _ manifest: String,
        environment: [String: String] = [:],
        options: GatewayOptions = GatewayOptions(),
        files: [String: String] = [:],
        executables: Set<String> = ["/opt/gateway/ecs-mcp-server"],
        purpose: GatewayPlan.Purpose = .serve
    ) -> [String] {
        do {
            _ = try load(manifest, environment: environment, options: options, files: files, executables: executables, purpose: purpose)
            return []
        } catch let problems as ConfigurationProblems {
            return problems.problems.map(\.description)
        } catch {
            return ["\(error)"]
        }
    }

    private static func pem() throws -> String { try TestKeys.trusted().publicKey.pemRepresentation }

    // MARK: keys

    @Test("mode jwt without any key does not start, and says how to get one") func noKey() {
        let found = problems(devManifest)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("manifest.json: jwt: mode jwt needs a verification key") == true)
        #expect(found.first?.contains("token keygen") == true)
    }

    @Test("a key from a file, relative to the manifest's folder") func keyFile() throws {
        var options = GatewayOptions()
        options.manifest = "conf/m.json"
        let plan = try load(
            devManifest,
            options: options,
            files: ["conf/m.json": #"{"jwt":{"public_key":"file:k.pem"}}"#, "conf/k.pem": try Self.pem()]
        )
        #expect(plan.keys.pinned.count == 1)
    }

    @Test("a key from the environment, inline with literal line feeds; the variable beats the member") func keyVariable() throws {
        let inline = try Self.pem().replacing("\n", with: "\\n")
        let plan = try load(#"{"jwt":{"public_key":"file:missing.pem"}}"#, environment: ["MCP_JWT_PUBLIC_KEY": inline])
        #expect(plan.keys.pinned.first?.derRepresentation == (try TestKeys.trusted().publicKey.derRepresentation))
        let member = try load(#"{"jwt":{"public_key":"env:A"}}"#, environment: ["A": "env:B", "B": inline])
        #expect(member.keys.pinned.count == 1)
    }

    @Test("several keys in one text may each verify") func severalKeys() throws {
        let both = try Self.pem() + "\n" + TestKeys.foreign().publicKey.pemRepresentation
        #expect(try load("{}", environment: ["MCP_JWT_PUBLIC_KEY": both]).keys.pinned.count == 2)
    }

    @Test("unusable keys name their place and never show themselves") func unusableKeys() throws {
        let small = try _RSA.Signing.PrivateKey(unsafeKeySize: .init(bitCount: 1_024)).publicKey.pemRepresentation
        let ed25519 = IdentityKeys.pem(Curve25519.Signing.PrivateKey().publicKey)
        let privateKey = try TestKeys.trusted().pemRepresentation
        for (text, words) in [(small, "1024 bits"), (ed25519, "not RSA"), (privateKey, "private key"), ("garbage", "PEM")] {
            let found = problems("{}", environment: ["MCP_JWT_PUBLIC_KEY": text])
            #expect(found.count == 1)
            #expect(found.first?.hasPrefix("MCP_JWT_PUBLIC_KEY: ") == true)
            #expect(found.first?.contains(words) == true, "\(found)")
            #expect(found.first?.contains(text.suffix(40).prefix(16)) == false || text == "garbage")
        }
        let unset = problems(#"{"jwt":{"public_key":"env:NOPE"}}"#)
        #expect(unset == ["manifest.json: jwt.public_key: variable NOPE is not set"])
        let deep = problems(#"{"jwt":{"public_key":"env:A"}}"#, environment: ["A": "env:B", "B": "env:C", "C": "env:D", "D": "x"])
        #expect(deep.first?.contains("max depth") == true)
    }

    @Test("in the other modes no key is loaded") func otherModes() throws {
        let plan = try load(
            #"{"jwt":{"public_key":"file:missing.pem"}}"#,
            environment: ["MCP_GATEWAY_AUTH_MODE": "dev"]
        )
        #expect(plan.keys.isEmpty)
    }

    @Test("a JWK set in a file must hold a usable key") func keySetFile() throws {
        let manifest = #"{"jwt":{"jwks_url":"file:keys.json"}}"#
        let set = (["keys": .array([try TestKeys.jwk()])] as JSONValue).text()
        #expect(try load(manifest, files: ["keys.json": set]).keys.set.count == 1)
        #expect(problems(manifest, files: ["keys.json": #"{"keys":[]}"#]).first?.contains("holds no RSA key") == true)
        #expect(problems(manifest, files: ["keys.json": "x"]).first?.contains("is not a JWK set") == true)
        #expect(problems(manifest) == ["manifest.json: jwt.jwks_url: keys.json: not found"])
    }

    @Test("a JWK set behind a URL may be unreachable at startup") func keySetURL() throws {
        let plan = try load(#"{"jwt":{"jwks_url":"https://idp.example.com/keys"}}"#)
        #expect(plan.keySetURL == "https://idp.example.com/keys")
        #expect(plan.keys.isEmpty)
    }

    @Test("the key for assertions is Ed25519 in PKCS#8") func identityKey() throws {
        let key = Curve25519.Signing.PrivateKey()
        let environment = ["MCP_GATEWAY_AUTH_MODE": "dev", "MCP_GATEWAY_IDENTITY_PRIVATE_KEY": IdentityKeys.pem(key).reveal()]
        #expect(try load("{}", environment: environment).identityKey?.rawRepresentation == key.rawRepresentation)
        let wrong = ["MCP_GATEWAY_AUTH_MODE": "dev", "MCP_GATEWAY_IDENTITY_PRIVATE_KEY": try TestKeys.trusted().pkcs8PEMRepresentation]
        #expect(problems("{}", environment: wrong).first?.hasPrefix("MCP_GATEWAY_IDENTITY_PRIVATE_KEY: ") == true)
    }

    @Test("issuer and audience are overridden by the environment") func overrides() throws {
        let environment = ["MCP_JWT_PUBLIC_KEY": try Self.pem(), "MCP_JWT_ISSUER": "i", "MCP_JWT_AUDIENCE": "a, b"]
        let plan = try load(#"{"jwt":{"issuer":"x","audience":"y","leeway":7}}"#, environment: environment)
        #expect(plan.rules == TokenRules(issuer: "i", audiences: ["a", "b"], leeway: 7, allowsPermanent: false))
        let empty = ["MCP_JWT_PUBLIC_KEY": try Self.pem(), "MCP_JWT_ISSUER": " ", "MCP_JWT_AUDIENCE": ""]
        #expect(try load(#"{"jwt":{"issuer":"x","audience":"y"}}"#, environment: empty).rules.issuer == "x")
    }

    // MARK: modes

    @Test(
        "which mode may listen where (gateway.md §5)",
        arguments: [
            ("dev", nil, "127.0.0.1", false, true), ("dev", nil, "localhost", false, true), ("dev", nil, "::1", false, true),
            ("dev", nil, "unix:/tmp/x.sock", false, true), ("dev", nil, "0.0.0.0", false, false), ("dev", nil, "0.0.0.0", true, false),
            ("dev", "no", "127.0.0.1", false, true), ("dev", "no", "0.0.0.0", false, false), ("dev", "no", "0.0.0.0", true, true),
            ("disabled", nil, "127.0.0.1", false, true), ("disabled", nil, "192.0.2.1", false, false),
            ("disabled", nil, "192.0.2.1", true, true), ("jwt", nil, "0.0.0.0", false, true), ("DEV", nil, "127.0.0.1", false, true),
        ] as [(String, String?, String, Bool, Bool)]
    )
    func listeners(mode: String, loopbackOnly: String?, host: String, flag: Bool, starts: Bool) throws {
        var environment = ["MCP_GATEWAY_AUTH_MODE": mode, "MCP_GATEWAY_HOST": host, "MCP_JWT_PUBLIC_KEY": try Self.pem()]
        environment["MCP_DEV_LOOPBACK_ONLY"] = loopbackOnly
        var options = GatewayOptions()
        options.allowsUnauthenticated = flag
        #expect(problems("{}", environment: environment, options: options).isEmpty == starts)
    }

    @Test(
        "the open modes are critical, the loopback mode warns",
        arguments: [
            ("dev", nil, "dev-mode-loopback", .warning, "dev-local"), ("dev", "false", "dev-mode-open", .critical, "dev-local"),
            ("disabled", nil, "dev-mode-open", .critical, "anonymous"),
        ] as [(String, String?, String, LogLevel, String)]
    )
    func modeWarnings(mode: String, loopbackOnly: String?, event: String, level: LogLevel, subject: String) throws {
        var environment = ["MCP_GATEWAY_AUTH_MODE": mode]
        environment["MCP_DEV_LOOPBACK_ONLY"] = loopbackOnly
        let plan = try load(devManifest, environment: environment)
        let warning = try #require(plan.warnings.first { $0.event == event })
        #expect(warning.level == level)
        #expect(warning.fields["sub"]?.stringValue == subject)
        #expect(warning.fields["roles"] == ["admin"])
        #expect(plan.settings.devIdentity.subject == subject)
    }

    @Test("other warnings") func warnings() throws {
        let manifest = """
            {"services":[{"name":"near","upstream":"http://127.0.0.1:1"},{"name":"far","upstream":"http://10.0.0.1:1"},
            {"name":"off","enabled":false,"upstream":"http://10.0.0.1:1"}]}
            """
        var options = GatewayOptions()
        options.disable = ["nobody"]
        let plan = try load(manifest, environment: ["MCP_JWT_PUBLIC_KEY": try Self.pem()], options: options)
        #expect(
            plan.warnings.map(\.event) == ["unknown-service-name", "jwt-audience-unset", "upstream-not-loopback", "identity-key-ephemeral"]
        )
        options.isStrict = true
        #expect(
            problems(manifest, environment: ["MCP_JWT_PUBLIC_KEY": try Self.pem()], options: options)
                == [#"--strict: there is no service "nobody""#]
        )
    }

    // MARK: commands

    @Test("a command is found beside the gateway, then in PATH, or by its path") func commands() throws {
        let manifest = """
            {"services":[{"name":"a","command":["tool","--x"]},{"name":"b","command":["other"]},{"name":"c","command":["./bin/c"]},
            {"name":"d","command":["/abs/d"]}]}
            """
        var options = GatewayOptions()
        options.manifest = "/conf/m.json"
        let plan = try load(
            "{}",
            environment: ["MCP_GATEWAY_AUTH_MODE": "dev"],
            options: options,
            files: ["/conf/m.json": manifest],
            executables: ["/opt/gateway/tool", "/usr/bin/tool", "/usr/bin/other", "/conf/./bin/c", "/abs/d"]
        )
        #expect(plan.commands.map(\.executable) == ["/opt/gateway/tool", "/usr/bin/other", "/conf/./bin/c", "/abs/d"])
        #expect(plan.commands.first?.arguments == ["--x"])
    }

    @Test("a command that cannot be found is a problem for serve, not for validate; a disabled one for nobody") func missingCommand() {
        let dev = ["MCP_GATEWAY_AUTH_MODE": "dev"]
        #expect(
            problems(devManifest, environment: dev, executables: [])
                == [#"manifest.json: services[0].command[0]: executable "ecs-mcp-server" not found"#]
        )
        #expect(problems(devManifest, environment: dev, executables: [], purpose: .validate).isEmpty)
        var options = GatewayOptions()
        options.disable = ["ecs"]
        #expect(problems(devManifest, environment: dev, options: options, executables: []).isEmpty)
    }

    // MARK: everything at once

    @Test("problems of settings, manifest and keys come together") func together() {
        let found = problems(
            #"{"x":1}"#,
            environment: ["MCP_GATEWAY_PORT": "x", "MCP_GATEWAY_SSE_KEEPALIVE": "0", "MCP_GATEWAY_IDENTITY_PRIVATE_KEY": "file:nope"]
        )
        #expect(found.count == 4)
    }

    @Test("the env file: the real environment wins, a malformed line is a problem") func envFile() throws {
        var options = GatewayOptions()
        options.envFile = ".env"
        let file = "MCP_GATEWAY_AUTH_MODE=dev\nMCP_GATEWAY_PORT=1234\nMCP_GATEWAY_ENABLED_SERVICES=none\nHUAWEICLOUD_REGION=r\n"
        let plan = try load(devManifest, environment: ["MCP_GATEWAY_PORT": "4321"], options: options, files: [".env": file])
        #expect(plan.settings.mode == .dev)
        #expect(plan.settings.address == (try ListenAddress("127.0.0.1", port: 4_321)))
        #expect(plan.selection.mounted.isEmpty)
        #expect(plan.settings.variables["HUAWEICLOUD_REGION"] == "r")
        #expect(problems(devManifest, options: options, files: [".env": "A=1\nB"]).first?.hasPrefix(".env: line 2: ") == true)
        #expect(problems(devManifest, options: options).first?.hasPrefix(".env: ") == true)
    }

    @Test("the summary is one line") func summary() throws {
        let plan = try load(devManifest, environment: ["MCP_GATEWAY_AUTH_MODE": "dev"])
        #expect(plan.summary == "ok: manifest.json, mode dev, address 127.0.0.1:8080, admin 127.0.0.1:9090, services ecs=/ecs")
    }

    @Test("the shipped manifest is valid and mounts the three servers") func shipped() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("manifest.json"), encoding: .utf8)
        let manifest = try ManifestReader.read(Array(text.utf8), file: "manifest.json")
        let roles = ["readonly", "operator", "admin"]
        #expect(
            manifest.services
                == ["ecs", "pipeline", "cts"].map {
                    ServiceEntry(name: $0, mountPath: "/\($0)", requiredRoles: roles, target: .command(["\($0)-mcp-server"]))
                }
        )
        #expect(manifest.jwt.rules == TokenRules(issuer: "mcp-gateway", audiences: ["mcp-gateway"], leeway: 30, allowsPermanent: false))
        #expect(manifest.limits.requestsPerSecond == 50 && manifest.limits.burst == 100)
        #expect(manifest.limits.streamsPerSubject == 64 && manifest.limits.drainTimeout == 25)
    }

    // MARK: reload

    @Test("a reload keeps addresses and modes, and tells what changed") func differences() throws {
        let environment = ["MCP_GATEWAY_AUTH_MODE": "dev"]
        let old = try load(
            """
            {"services":[{"name":"a","command":["ecs-mcp-server"]},{"name":"b","command":["ecs-mcp-server"]},
            {"name":"c","upstream":"http://127.0.0.1:1"}]}
            """,
            environment: environment
        )
        let files = TestFiles(files: [
            "manifest.json": """
            {"limits":{"burst":5},"services":[{"name":"a","command":["ecs-mcp-server","--x"],"required_roles":["admin"]},
            {"name":"c","mount_path":"/cc","upstream":"http://127.0.0.1:2"},{"name":"d","command":["ecs-mcp-server"]}]}
            """
        ])
        let host = files.host(
            ["MCP_GATEWAY_AUTH_MODE": "disabled", "MCP_GATEWAY_PORT": "1"],
            executables: ["/opt/gateway/ecs-mcp-server"]
        )
        let new = try GatewayPlan.load(GatewayOptions(), on: host, for: .serve, replacing: old)
        #expect(new.settings.mode == .dev)
        #expect(new.settings.address == old.settings.address)
        let differences = PlanDifferences(from: old, to: new)
        #expect(
            differences.texts == [
                "service added: d", "service removed: b", "required_roles changed: a", "server changed: a", "mount_path changed: c",
                "server changed: c", "limits changed",
            ]
        )
        #expect(differences.endingServers.removed == ["b"])
        #expect(differences.endingServers.restarted == ["a"])
        #expect(PlanDifferences(from: old, to: old).texts.isEmpty)
    }

    @Test("a reload with other trusted proxies is a difference") func proxyDifference() throws {
        let environment = ["MCP_GATEWAY_AUTH_MODE": "dev"]
        let old = try load("{}", environment: environment)
        let new = try load(#"{"trusted_proxies":["127.0.0.1"]}"#, environment: environment)
        #expect(PlanDifferences(from: old, to: new).texts == ["trusted_proxies changed"])
    }

    @Test("a reload with another tool policy is a difference, and restarts no server") func toolDifference() throws {
        let environment = ["MCP_GATEWAY_AUTH_MODE": "dev"]
        let old = try load(#"{"services":[{"name":"a","command":["ecs-mcp-server"]}]}"#, environment: environment)
        let new = try load(
            #"{"services":[{"name":"a","command":["ecs-mcp-server"],"tools":{"exclude":["x"]}}]}"#,
            environment: environment
        )
        let differences = PlanDifferences(from: old, to: new)
        #expect(differences.texts == ["tools changed: a"])
        #expect(differences.endingServers.removed.isEmpty && differences.endingServers.restarted.isEmpty)
        #expect(new.mounts.first?.tools == ToolPolicy(exclude: ["x"]))
    }

    @Test("the revocation list is named by the manifest, the environment or the command line, and must be good at the start")
    func revocations() throws {
        let manifest = #"{"jwt":{"public_key":"env:KEY","revocations":"revoked.json"}}"#
        let environment = ["KEY": try TestKeys.trusted().publicKey.pemRepresentation]
        func load(_ files: [String: String], _ more: [String: String] = [:], option: String? = nil) throws -> GatewayPlan {
            let host = TestFiles(files: files.merging(["conf/m.json": manifest]) { $1 })
                .host(environment.merging(more) { $1 })
            var options = GatewayOptions(manifest: "conf/m.json")
            options.revocations = option
            return try GatewayPlan.load(options, on: host, for: .validate)
        }
        func problems(_ files: [String: String], _ more: [String: String] = [:]) throws -> [String] {
            do {
                _ = try load(files, more)
                return []
            } catch let error as ConfigurationProblems { return error.problems.map(\.description) }
        }
        let files = [
            "conf/revoked.json": #"{"jti":["a"]}"#, "other.json": #"{"sub":["b"]}"#, "third.json": "{}", "bad.json": #"{"jit":[]}"#,
        ]
        #expect(try load(files).revocations == .init(path: "conf/revoked.json", list: RevocationList(tokenIDs: [ExactText("a")])))
        let variable = ["MCP_JWT_REVOCATIONS": "other.json"]
        #expect(try load(files, variable).revocations?.list == RevocationList(subjects: [ExactText("b")]))
        #expect(try load(files, variable, option: "third.json").revocations?.path == "third.json")
        #expect(try problems([:]) == ["conf/m.json: jwt.revocations: conf/revoked.json: not found"])
        let unknown = "MCP_JWT_REVOCATIONS: bad.json: unknown member \"jit\"; there are jti and sub"
        #expect(try problems(files, ["MCP_JWT_REVOCATIONS": "bad.json"]) == [unknown])
        let differences = PlanDifferences(from: try load(files), to: try load(files, variable))
        #expect(differences.texts == ["revocations changed"])
    }
}

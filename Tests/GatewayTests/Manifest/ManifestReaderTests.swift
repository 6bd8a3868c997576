import AuthCommon
import ProcessSupport
import Testing

@testable import Gateway

@Suite struct ManifestReaderTests {
    private func problems(_ text: String) -> [String] {
        do throws(ConfigurationProblems) {
            _ = try ManifestReader.read(Array(text.utf8), file: "m.json")
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    private func service(_ members: String) -> String { #"{"services":[{"name":"a","command":["x"],\#(members)}]}"# }

    private static let upstream = "m.json: services[0].upstream: must be http://host:port without path, or unix:/absolute/path"
    private static let mount = "m.json: services[0].mount_path: must match ^(/[A-Za-z0-9._~-]+)+/?$"

    @Test("defaults") func defaults() throws {
        let manifest = try ManifestReader.read(Array("{}".utf8), file: "conf/m.json")
        #expect(manifest.folder == "conf")
        #expect(manifest.services.isEmpty)
        #expect(manifest.publicURL == nil)
        #expect(manifest.jwt.rules == TokenRules(issuer: "mcp-gateway", audiences: [], leeway: 30, allowsPermanent: false))
        let limits = manifest.limits
        #expect(limits.bodyBytes == 4_194_304)
        #expect(limits.headerBytes == 32_768)
        #expect(limits.requestsPerSecond == nil && limits.burst == nil && limits.effectiveBurst == nil)
        #expect(limits.failedAuthPerMinute == nil && limits.streamsPerSubject == nil)
        #expect(limits.requestsPerSecondPerAddress == nil && limits.effectiveBurstPerAddress == nil)
        #expect(manifest.trustedProxies.isEmpty)
        #expect(limits.connections == 20_000)
        #expect(limits.connectTimeout == 5 && limits.responseTimeout == 60 && limits.headerTimeout == 10)
        #expect(limits.bodyTimeout == 30 && limits.drainTimeout == 4)
    }

    @Test("the example of the specification") func example() throws {
        let text = """
            {
              "public_url": "https://mcp.example.com",
              "hosts": ["mcp.example.com"],
              "origins": ["https://app.example.com"],
              "jwt": { "issuer": "mcp-gateway", "public_key": "env:MCP_JWT_PUBLIC_KEY", "audience": "mcp-gateway", "leeway": 30 },
              "limits": { "requests_per_second": 50, "burst": 100, "streams_per_subject": 64, "drain_timeout": 25 },
              "services": [
                { "name": "ecs", "mount_path": "/ecs", "required_roles": ["readonly", "operator", "admin"], "command": ["ecs-mcp-server"] },
                { "name": "legacy", "enabled": false, "upstream": "http://127.0.0.1:9100" }
              ]
            }
            """
        let manifest = try ManifestReader.read(Array(text.utf8), file: "manifest.json")
        #expect(manifest.publicURL?.origin == "https://mcp.example.com")
        #expect(manifest.jwt.publicKey == Secret("env:MCP_JWT_PUBLIC_KEY"))
        #expect(manifest.limits.requestsPerSecond == 50)
        #expect(
            manifest.services == [
                ServiceEntry(
                    name: "ecs",
                    mountPath: "/ecs",
                    requiredRoles: ["readonly", "operator", "admin"],
                    target: .command(["ecs-mcp-server"])
                ),
                ServiceEntry(
                    name: "legacy",
                    isEnabled: false,
                    mountPath: "/legacy",
                    target: .upstream(.tcp(host: "127.0.0.1", port: 9_100))
                ),
            ]
        )
    }

    @Test(
        "each rule",
        arguments: [
            ("[]", ["m.json: must be a JSON object, not an array"]),
            (#"{"public_url":7}"#, ["m.json: public_url: must be a string, not a number"]),
            (#"{"public_url":null}"#, ["m.json: public_url: must be a string, not null"]),
            (#"{"hosts":"h"}"#, ["m.json: hosts: must be an array of strings, not a string"]),
            (
                #"{"hosts":["h",7,"a b"]}"#,
                [
                    "m.json: hosts[1]: must be a string, not a number",
                    "m.json: hosts[2]: must be a host name with or without a port, or \"*\"",
                ]
            ),
            (#"{"origins":["*"]}"#, ["m.json: origins[0]: must be one exact origin; \"*\" is not allowed"]),
            (#"{"origins":["https://a/"]}"#, ["m.json: origins[0]: must be an origin such as https://app.example.com, without path"]),
            (#"{"origins":["a"]}"#, ["m.json: origins[0]: must be an origin such as https://app.example.com"]),
            (#"{"jwt":[]}"#, ["m.json: jwt: must be an object, not an array"]),
            (#"{"jwt":{"issuer":""}}"#, ["m.json: jwt.issuer: must not be empty"]),
            (#"{"jwt":{"issuer":null}}"#, ["m.json: jwt.issuer: must be a string, not null"]),
            (#"{"jwt":{"public_key":""}}"#, ["m.json: jwt.public_key: must not be empty"]),
            (#"{"jwt":{"audience":""}}"#, ["m.json: jwt.audience: must not be empty"]),
            (#"{"jwt":{"audience":[]}}"#, ["m.json: jwt.audience: must not be empty"]),
            (#"{"jwt":{"audience":["a",""]}}"#, ["m.json: jwt.audience[1]: must not be empty"]),
            (#"{"jwt":{"audience":7}}"#, ["m.json: jwt.audience: must be a string or an array of strings, not a number"]),
            (#"{"jwt":{"leeway":301}}"#, ["m.json: jwt.leeway: must be from 0 to 300"]),
            (#"{"jwt":{"leeway":-1}}"#, ["m.json: jwt.leeway: must be from 0 to 300"]),
            (#"{"jwt":{"leeway":"30"}}"#, ["m.json: jwt.leeway: must be an integer, not a string"]),
            (#"{"jwt":{"leeway":1.5}}"#, ["m.json: jwt.leeway: must be an integer, not a number"]),
            (#"{"jwt":{"allow_permanent":"false"}}"#, ["m.json: jwt.allow_permanent: must be a boolean, not a string"]),
            (
                #"{"jwt":{"jwks_url":"http://idp.example.com/keys"}}"#,
                [
                    "m.json: jwt.jwks_url: must use https: only a loopback host may be reached by http"
                ]
            ),
            (
                #"{"jwt":{"jwks_url":"ftp://h/"}}"#,
                [
                    "m.json: jwt.jwks_url: must be an https:// URL, an http:// URL of a loopback host, or file:PATH"
                ]
            ),
            (#"{"jwt":{"x":1}}"#, ["m.json: jwt.x: unknown member"]),
            (#"{"limits":{"burst":0}}"#, ["m.json: limits.burst: must be a positive integer, or null for no limit"]),
            (#"{"limits":{"burst":-1}}"#, ["m.json: limits.burst: must be a positive integer, or null for no limit"]),
            (#"{"limits":{"body_bytes":"1"}}"#, ["m.json: limits.body_bytes: must be a positive integer, or null for no limit"]),
            (
                #"{"limits":{"drain_timeout":1e12}}"#,
                [
                    "m.json: limits.drain_timeout: must be at most 1000000000, or null for no limit"
                ]
            ),
            (#"{"limits":{"rate":1}}"#, ["m.json: limits.rate: unknown member"]),
            (#"{"services":{}}"#, ["m.json: services: must be an array, not an object"]),
            (#"{"services":[7]}"#, ["m.json: services[0]: must be an object, not a number"]),
            (#"{"services":[{"command":["x"]}]}"#, ["m.json: services[0].name: is required"]),
            (#"{"services":[{"name":7,"command":["x"]}]}"#, ["m.json: services[0].name: must be a string, not a number"]),
            (#"{"services":[{"name":"","command":["x"]}]}"#, ["m.json: services[0].name: must match ^[a-z0-9][a-z0-9-]{0,62}$"]),
            (#"{"services":[{"name":"-a","command":["x"]}]}"#, ["m.json: services[0].name: must match ^[a-z0-9][a-z0-9-]{0,62}$"]),
            (#"{"services":[{"name":"A","command":["x"]}]}"#, ["m.json: services[0].name: must match ^[a-z0-9][a-z0-9-]{0,62}$"]),
            (#"{"services":[{"name":"a\n","command":["x"]}]}"#, ["m.json: services[0].name: must match ^[a-z0-9][a-z0-9-]{0,62}$"]),
            (#"{"services":[{"name":"a"}]}"#, ["m.json: services[0]: must have exactly one of command and upstream"]),
            (
                #"{"services":[{"name":"a","command":["x"],"upstream":"http://h:1"}]}"#,
                [
                    "m.json: services[0]: must have exactly one of command and upstream"
                ]
            ),
            (#"{"services":[{"name":"a","command":[]}]}"#, ["m.json: services[0].command: must name an executable"]),
            (#"{"services":[{"name":"a","command":[""]}]}"#, ["m.json: services[0].command[0]: must name an executable"]),
            (#"{"services":[{"name":"a","command":["x",7]}]}"#, ["m.json: services[0].command[1]: must be a string, not a number"]),
            (
                #"{"services":[{"name":"a","command":["x","\u0000"]}]}"#,
                ["m.json: services[0].command[1]: must not contain a NUL character"]
            ),
            (#"{"services":[{"name":"a","command":"x"}]}"#, ["m.json: services[0].command: must be an array of strings, not a string"]),
            (#"{"services":[{"name":"a","upstream":"https://h:1"}]}"#, [upstream]),
            (#"{"services":[{"name":"a","upstream":"http://h"}]}"#, [upstream]),
            (#"{"services":[{"name":"a","upstream":"http://h:1/"}]}"#, [upstream]),
            (#"{"services":[{"name":"a","upstream":"http://u@h:1"}]}"#, [upstream]),
            (#"{"services":[{"name":"a","upstream":"http://h:0"}]}"#, [upstream]),
            (#"{"services":[{"name":"a","upstream":"unix:relative"}]}"#, [upstream]),
            (#"{"services":[{"name":"a","upstream":"unix:/"}]}"#, [upstream]),
            (
                #"{"services":[{"name":"healthz","command":["x"]}]}"#,
                [
                    "m.json: services[0].mount_path: /healthz is reserved for the gateway itself"
                ]
            ),
        ] as [(String, [String])]
    )
    func rule(text: String, expected: [String]) { #expect(problems(text) == expected) }

    @Test(
        "rules of a service's members",
        arguments: [
            (#""enabled":"false""#, "m.json: services[0].enabled: must be a boolean, not a string"),
            (#""enabled":0"#, "m.json: services[0].enabled: must be a boolean, not a number"),
            (#""required_roles":"admin""#, "m.json: services[0].required_roles: must be an array of strings, not a string"),
            (#""required_roles":["a",""]"#, "m.json: services[0].required_roles[1]: must not be empty"),
            (#""mount_path":"""#, mount), (#""mount_path":"/""#, mount), (#""mount_path":"a""#, mount), (#""mount_path":"//a""#, mount),
            (#""mount_path":"/a//b""#, mount), (#""mount_path":"/a//""#, mount), (#""mount_path":"/a b""#, mount),
            (#""mount_path":"/%61""#, mount), (#""mount_path":"/é""#, mount), (#""mount_path":"/a\n""#, mount),
            (#""mount_path":"/a/../b""#, "m.json: services[0].mount_path: must not have a segment \".\" or \"..\""),
            (#""mount_path":"/.""#, "m.json: services[0].mount_path: must not have a segment \".\" or \"..\""),
            (#""mount_path":"/readyz""#, "m.json: services[0].mount_path: /readyz is reserved for the gateway itself"),
            (#""mount_path":"/metrics/x""#, "m.json: services[0].mount_path: /metrics is reserved for the gateway itself"),
            (#""mount_path":"/status/""#, "m.json: services[0].mount_path: /status is reserved for the gateway itself"),
            (#""mount_path":"/.well-known/x""#, "m.json: services[0].mount_path: /.well-known is reserved for the gateway itself"),
            (#""extra":1"#, "m.json: services[0].extra: unknown member"),
            (#""a.b\n":1"#, #"m.json: services[0]."a.b\n": unknown member"#),
        ]
    )
    func serviceRule(members: String, expected: String) { #expect(problems(service(members)) == [expected]) }

    @Test(
        "accepted mount paths",
        arguments: [("/a/", "/a"), ("/a/b", "/a/b"), ("/healthzz", "/healthzz"), ("/a/healthz", "/a/healthz"), ("/.a~_-", "/.a~_-")]
    )
    func mountPath(text: String, expected: String) throws {
        let manifest = try ManifestReader.read(Array(service(#""mount_path":"\#(text)""#).utf8), file: "m")
        #expect(manifest.services.first?.mountPath == expected)
    }

    @Test("names and mounts are unique, disabled services and defaults included") func unique() {
        let text = """
            {"services":[{"name":"a","enabled":false,"command":["x"]},{"name":"a","mount_path":"/b","command":["x"]},
            {"name":"b","command":["x"]},{"name":"c","mount_path":"/a/","command":["x"]},{"name":"d","mount_path":"/a/d","command":["x"]}]}
            """
        #expect(
            problems(text) == [
                "m.json: services[1].name: duplicate service name, also services[0].name",
                "m.json: services[2].mount_path: duplicate mount_path, also that of services[1]",
                "m.json: services[3].mount_path: duplicate mount_path, also that of services[0]",
            ]
        )
    }

    @Test("all problems are reported at once") func allAtOnce() {
        let text = #"{"x":1,"public_url":"h","jwt":{"leeway":999,"y":2},"limits":{"burst":0},"services":[{"name":"A"},{"z":1}]}"#
        #expect(
            problems(text) == [
                "m.json: public_url: must be an absolute http or https URL without path, query and fragment",
                "m.json: jwt.leeway: must be from 0 to 300", "m.json: jwt.y: unknown member",
                "m.json: limits.burst: must be a positive integer, or null for no limit",
                "m.json: services[0].name: must match ^[a-z0-9][a-z0-9-]{0,62}$",
                "m.json: services[0]: must have exactly one of command and upstream", "m.json: services[1].name: is required",
                "m.json: services[1]: must have exactly one of command and upstream", "m.json: services[1].z: unknown member",
                "m.json: x: unknown member",
            ]
        )
    }

    @Test("malformed JSON and duplicate members, with their place") func malformed() {
        #expect(problems("{\n  \"a\": }") == ["m.json: malformed JSON: unexpected character at line 2, column 8"])
        let duplicate = problems("{\"jwt\":{},\n\"jwt\":{}}")
        #expect(duplicate.count == 1)
        #expect(duplicate.first?.contains("line 2") == true)
        #expect(duplicate.first?.contains("duplicate") == true)
    }

    @Test("a missing file") func missing() {
        do throws(ConfigurationProblems) {
            _ = try ManifestReader.load("none.json", readFile: TestFiles().reader)
            Issue.record("it was loaded")
        } catch {
            #expect(error.problems.map(\.description).first?.hasPrefix("none.json: not found") == true)
        }
    }

    @Test("trusted_proxies: addresses, blocks and unix; all that is wrong is told") func trustedProxies() throws {
        func read(_ text: String) throws(ConfigurationProblems) -> TrustedProxies {
            try ManifestReader.read(Array(text.utf8), file: "m.json").trustedProxies
        }
        let proxies = try read(#"{"trusted_proxies":["10.0.0.0/8","unix","::1","::ffff:192.0.2.7"]}"#)
        #expect(proxies.texts == ["10.0.0.0/8", "::1", "192.0.2.7", "unix"])
        #expect(try read(#"{"trusted_proxies":[]}"#).isEmpty)
        let wrong = #"{"trusted_proxies":["10.0.0.1/8",7,"proxy.example","0.0.0.0/0","192.0.2.7"]}"#
        let problems = #expect(throws: ConfigurationProblems.self) { try read(wrong) }
        #expect(
            problems?.problems.map { "\($0)" } == [
                "m.json: trusted_proxies[0]: has bits behind the prefix; the block is 10.0.0.0/8",
                "m.json: trusted_proxies[1]: must be a string, not a number",
                "m.json: trusted_proxies[2]: must be an address, a block such as 10.0.0.0/8 or 2001:db8::/32, or \"unix\"",
                "m.json: trusted_proxies[3]: must not be everyone: whoever connects could invent any address",
            ]
        )
        let kind = #expect(throws: ConfigurationProblems.self) { try read(#"{"trusted_proxies":"10.0.0.1"}"#) }
        #expect(kind?.problems.map { "\($0)" } == ["m.json: trusted_proxies: must be an array of strings, not a string"])
    }

    @Test("limits: the burst of an address is twice its rate") func addressBurst() throws {
        func limits(_ text: String) throws -> Limits { try ManifestReader.read(Array(text.utf8), file: "m.json").limits }
        #expect(try limits(#"{"limits":{"requests_per_second_per_address":7}}"#).effectiveBurstPerAddress == 14)
        #expect(try limits(#"{"limits":{"requests_per_second_per_address":7,"burst_per_address":9}}"#).effectiveBurstPerAddress == 9)
        #expect(throws: ConfigurationProblems.self) { try limits(#"{"limits":{"requests_per_second_per_address":0}}"#) }
    }

    @Test("limits: null is no limit") func noLimits() throws {
        let text = #"{"limits":{"body_bytes":null,"connections":null,"requests_per_second":7,"burst":null,"drain_timeout":null}}"#
        let limits = try ManifestReader.read(Array(text.utf8), file: "m").limits
        #expect(limits.bodyBytes == nil && limits.connections == nil && limits.drainTimeout == nil)
        #expect(limits.effectiveBurst == 14)
    }

    @Test("limits of a service's server: those of all services, unless it has its own") func upstreamLimits() throws {
        let text = """
            {"limits":{"upstream_connections":7,"circuit_failures":null,"circuit_cooldown":9},"services":[
            {"name":"a","upstream":"http://127.0.0.1:1"},
            {"name":"b","upstream":"http://127.0.0.1:1","limits":{"circuit_failures":2,"upstream_connections":null}}]}
            """
        let manifest = try ManifestReader.read(Array(text.utf8), file: "m.json")
        let all = UpstreamLimits(connections: 7, circuitFailures: nil, circuitCooldown: 9)
        #expect(manifest.limits.upstream == all)
        #expect(manifest.services.map(\.limits) == [all, UpstreamLimits(connections: nil, circuitFailures: 2, circuitCooldown: 9)])
        let plain = try ManifestReader.read(Array(service(#""enabled":true"#).utf8), file: "m.json")
        #expect(plain.services.first?.limits == UpstreamLimits(connections: 10_000, circuitFailures: 5, circuitCooldown: 5))
    }

    @Test(
        "what limits of a service must be",
        arguments: [
            ("[]", "limits: must be an object, not an array"),
            (#"{"upstream_connections":0}"#, "limits.upstream_connections: must be a positive integer, or null for no limit"),
            (#"{"circuit_failures":"3"}"#, "limits.circuit_failures: must be a positive integer, or null for no limit"),
            (#"{"circuit_cooldown":3601}"#, "limits.circuit_cooldown: must be at most 3600"),
            (#"{"circuit_cooldown":null}"#, "limits.circuit_cooldown: must be a positive integer"),
            (#"{"connections":1}"#, "limits.connections: unknown member"),
            (#"{"response_timeout":1}"#, "limits.response_timeout: unknown member"),
        ]
    )
    func badLimits(limits: String, problem: String) {
        #expect(problems(service(#""limits":\#(limits)"#)) == ["m.json: services[0].\(problem)"])
    }

    @Test("every limit has a member") func members() { #expect(Limits.members.count == 19) }

    @Test("tools of a service") func tools() throws {
        let text = service(#""tools":{"include":["ecs_list_*","ecs_get_*"],"exclude":["ecs_list_flavors"]}"#)
        let entry = try #require(try ManifestReader.read(Array(text.utf8), file: "m.json").services.first)
        #expect(entry.tools == ToolPolicy(include: ["ecs_list_*", "ecs_get_*"], exclude: ["ecs_list_flavors"]))
        #expect(entry.mount.tools == entry.tools)
        let only = service(#""tools":{"exclude":["*_delete_*"]}"#)
        #expect(try ManifestReader.read(Array(only.utf8), file: "m.json").services.first?.tools?.include == nil)
        #expect(try ManifestReader.read(Array(service(#""enabled":true"#).utf8), file: "m.json").services.first?.tools == nil)
    }

    @Test(
        "what tools of a service must be",
        arguments: [
            (#"["*"]"#, "tools: must be an object, not an array"),
            ("null", "tools: must be an object, not null"),
            ("{}", "tools: must have include or exclude"),
            (#"{"include":[]}"#, "tools.include: must not be empty; leave it out to include every tool"),
            (#"{"include":"*"}"#, "tools.include: must be an array of strings, not a string"),
            (#"{"exclude":[""]}"#, "tools.exclude[0]: must be a pattern of 1 to 128 visible ASCII characters"),
            (#"{"exclude":["a",1]}"#, "tools.exclude[1]: must be a string, not a number"),
            (#"{"include":["a"],"only":[]}"#, "tools.only: unknown member"),
        ]
    )
    func badTools(tools: String, problem: String) {
        #expect(problems(service(#""tools":\#(tools)"#)) == ["m.json: services[0].\(problem)"])
    }

    @Test("tools that would not fit into the assertion") func tooManyTools() {
        let patterns = Array(repeating: "\"\(String(repeating: "a", count: 100))\"", count: 12).joined(separator: ",")
        let problem = "m.json: services[0].tools: is too long: at most 1024 bytes fit into the identity assertion"
        #expect(problems(service(#""tools":{"exclude":[\#(patterns)]}"#)) == [problem])
    }
}

@Suite struct PublicURLTests {
    @Test(
        "absolute http(s) URL without path, query, fragment",
        arguments: [
            ("https://mcp.example.com", "https://mcp.example.com"), ("https://mcp.example.com/", "https://mcp.example.com"),
            ("HTTPS://MCP.example.com:443", "https://mcp.example.com"), ("http://h:80", "http://h"), ("http://h:8080", "http://h:8080"),
            ("https://[::1]:9", "https://[::1]:9"),
        ]
    )
    func accepted(text: String, origin: String) { #expect(PublicURL(text)?.origin == origin) }

    @Test(
        "anything else",
        arguments: [
            "", "mcp.example.com", "ftp://h", "https://", "https://h/p", "https://h//", "https://h?q", "https://h#f", "https://u@h",
            "https://h:0x1", "https://h h", "//h", "https:h", "https://h\"",
        ]
    )
    func refused(text: String) { #expect(PublicURL(text) == nil) }
}

@Suite struct UpstreamAddressTests {
    @Test(
        "hosts that are not loopback are noticed",
        arguments: [
            ("http://127.0.0.1:1", true), ("http://localhost:1", true), ("http://[::1]:1", true), ("unix:/run/x.sock", true),
            ("http://10.0.0.1:1", false), ("http://backend:1", false), ("http://[2001:db8::1]:1", false),
        ]
    )
    func loopback(text: String, expected: Bool) throws {
        let address = try #require(UpstreamAddress(text))
        #expect(address.isLoopback == expected)
        #expect(address.text == text)
    }
}

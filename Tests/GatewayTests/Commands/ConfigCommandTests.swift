import Foundation
import JSONRPC
import ProcessSupport
import Testing

@testable import Gateway

@Suite struct ConfigCommandTests {
    private let test: TestConsole
    private let dev = ["MCP_GATEWAY_AUTH_MODE": "dev"]

    init() throws { test = try TestConsole() }

    private let manifest = """
        {"services":[{"name":"ecs","required_roles":["admin"],"command":["ecs-mcp-server","-v"]},
        {"name":"far","upstream":"http://127.0.0.1:9"},{"name":"off","enabled":false,"command":["nothing"]}]}
        """

    @Test("validate prints ok") func ok() async throws {
        let path = try test.write(manifest, to: "m.json")
        #expect(await test.run("config", "validate", "--manifest", path, on: test.console(environment: dev)) == .success)
        #expect(test.out == "ok\n")
        #expect(test.error.isEmpty)
    }

    @Test("validate prints all problems on stderr, one per line") func problems() async throws {
        let path = try test.write(#"{"x":1,"services":[{"name":"A"}]}"#, to: "m.json")
        #expect(await test.run("config", "validate", "--manifest", path, on: test.console(environment: dev)) == .usage)
        #expect(test.out.isEmpty)
        let lines = test.error.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.hasPrefix("\(path): ") })
    }

    @Test("validate checks the key, and reads the manifest's name from the environment") func key() async throws {
        let path = try test.write("{}", to: "m.json")
        #expect(await test.run("config", "validate", on: test.console(environment: ["MCP_GATEWAY_MANIFEST": path])) == .usage)
        #expect(test.error.contains("mode jwt needs a verification key"))
    }

    @Test("preview as JSON") func preview() async throws {
        let path = try test.write(manifest, to: "m.json")
        let console = test.console(environment: dev, executables: ["/opt/gateway/ecs-mcp-server"])
        #expect(await test.run("config", "preview", "--manifest", path, "--format", "json", on: console) == .success)
        let report = try JSONParser.parse(test.out)
        #expect(report.objectValue?.keys == ["manifest_path", "auth_mode", "jwt_issuer", "ok", "services"])
        #expect(report["ok"] == true)
        #expect(report["auth_mode"] == "dev")
        let services = try #require(report["services"]?.arrayValue)
        #expect(
            services[0]
                == [
                    "name": "ecs", "mount_path": "/ecs", "enabled": true, "skip_reason": .null, "required_roles": ["admin"],
                    "kind": "command", "target": "ecs-mcp-server -v", "problem": .null,
                ]
        )
        #expect(services[1]["target"] == "http://127.0.0.1:9")
        #expect(services[2]["skip_reason"] == "manifest:disabled")
        #expect(services[2]["problem"] != .null)
    }

    @Test("preview shows the trusted proxies, where there are some") func trustedProxies() async throws {
        let path = try test.write(#"{"trusted_proxies":["127.0.0.1","unix","2001:DB8::/32"]}"#, to: "m.json")
        #expect(await test.run("config", "preview", "--manifest", path, on: test.console(environment: dev)) == .success)
        #expect(test.out.contains("trusted proxies: 127.0.0.1, 2001:db8::/32, unix\n"))
        let other = try TestConsole()
        let console = other.console(environment: dev)
        #expect(await other.run("config", "preview", "--manifest", path, "--format", "json", on: console) == .success)
        #expect(try JSONParser.parse(other.out)["trusted_proxies"] == ["127.0.0.1", "2001:db8::/32", "unix"])
    }

    @Test("preview fails when an enabled service could not start") func previewMissing() async throws {
        let path = try test.write(manifest, to: "m.json")
        #expect(await test.run("config", "preview", "--manifest", path, on: test.console(environment: dev)) == .failure)
        #expect(test.out.contains("not found"))
        #expect(!test.out.contains("\u{1B}"))
        let disabled = test.console(environment: dev)
        #expect(await test.run("config", "preview", "--manifest", path, "--disable", "ecs", on: disabled) == .success)
    }

    @Test("preview asks managed servers for their tools") func tools() async throws {
        let path = try test.write(manifest, to: "m.json")
        let console = test.console(environment: dev, executables: ["/opt/gateway/ecs-mcp-server"]) { executable, arguments in
            guard executable == "/opt/gateway/ecs-mcp-server", arguments == ["-v", "--list-tools", "--format", "json"] else { return nil }
            return #"[{"name":"ecs_list_servers","minimum_role":"readonly","kept":true,"reason":null}]"#
        }
        #expect(await test.run("config", "preview", "--manifest", path, "--format", "json", "--tools", on: console) == .success)
        let services = try JSONParser.parse(test.out)["services"]?.arrayValue
        #expect(services?[0]["tools"]?.arrayValue?.first?["name"] == "ecs_list_servers")
        #expect(services?[1]["tools"] == nil)
    }

    @Test("preview shows what the mount's tool policy leaves of a server's tools") func toolPolicy() async throws {
        let path = try test.write(
            #"{"services":[{"name":"ecs-ro","command":["ecs-mcp-server"],"tools":{"include":["*_list_*"],"exclude":["*flavors"]}}]}"#,
            to: "m.json"
        )
        let console = test.console(environment: dev, executables: ["/opt/gateway/ecs-mcp-server"]) { _, _ in
            """
            [{"name":"ecs_list_servers","minimum_role":"readonly","kept":true,"reason":null},
            {"name":"ecs_list_flavors","minimum_role":"readonly","kept":true,"reason":null},
            {"name":"ecs_delete_server","minimum_role":"admin","kept":true,"reason":null},
            {"name":"ecs_get_server","minimum_role":"readonly","kept":false,"reason":"excluded by 'x'"}]
            """
        }
        #expect(await test.run("config", "preview", "--manifest", path, "--format", "json", "--tools", on: console) == .success)
        let service = try JSONParser.parse(test.out)["services"]?.arrayValue?.first
        #expect(service?["tool_policy"] == ["include": ["*_list_*"], "exclude": ["*flavors"]])
        let rows = try #require(service?["tools"]?.arrayValue)
        #expect(rows.map { $0["kept"] } == [true, false, false, false])
        #expect(rows[1]["reason"] == "excluded by '*flavors' of services[].tools")
        #expect(rows[2]["reason"] == "not matched by include of services[].tools")
        #expect(rows[3]["reason"] == "excluded by 'x'")
        #expect(await test.run("config", "preview", "--manifest", path, "--tools", on: console) == .success)
        #expect(test.out.contains("ecs_delete_server (admin, dropped: not matched by include of services[].tools)"))
    }
}

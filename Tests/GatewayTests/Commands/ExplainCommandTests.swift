import CryptoExtras
import Foundation
import JSONRPC
import ProcessSupport
import Testing

@testable import Gateway

@Suite struct ExplainCommandTests {
    private let test: TestConsole
    private let path: String

    init() throws {
        test = try TestConsole()
        path = try test.write(
            """
            {"jwt":{"audience":"mcp-gateway","public_key":"file:k.pem"},
            "services":[{"name":"ecs","required_roles":["operator","admin"],"command":["x"]},{"name":"off","enabled":false,"command":["x"]}]}
            """,
            to: "m.json"
        )
        try test.write(try TestKeys.trusted().publicKey.pemRepresentation, to: "k.pem")
    }

    private func explain(_ arguments: String...) async -> ExitCode {
        await CommandLineRun.run(["explain", "--manifest", path] + arguments, on: test.console())
    }

    @Test("a request that would be forwarded") func allow() async throws {
        let token = try TestToken.make()
        #expect(await explain("--path", "/ecs/mcp", "--token", token) == .success)
        #expect(test.out.hasPrefix("allow\n"))
        #expect(!test.out.contains("deny"))
        #expect(test.out.contains("service: ecs\npath: /ecs/mcp\nrequired_roles: operator, admin\nrule: endpoint\n"))
        #expect(!test.out.contains(token))
    }

    @Test(
        "requests that would be refused",
        arguments: [
            (["--path", "/ecs/mcp", "--roles", "readonly"], 403, "path-rbac:required=[admin,operator]", "roles"),
            (["--path", "/ecs/mcp", "--roles", "admin", "--method", "PUT"], 405, "unsupported-method", "endpoint"),
            (["--path", "/ecs/healthz", "--roles", "admin"], 404, "not-found", "endpoint"),
            (["--path", "/off/mcp", "--roles", "admin"], 404, "not-found", "mount"),
            (["--path", "/ecs/../x", "--roles", "admin"], 400, "bad-path:dot-segment", "canonical-path"),
            (["--path", "/ecs/mcp"], 401, "missing-bearer-token", "authentication"),
            (["--path", "/ecs/mcp", "--token", "x.y.z"], 401, "jwt-invalid:DecodeError", "authentication"),
        ] as [([String], Int, String, String)]
    )
    func deny(arguments: [String], status: Int, reason: String, rule: String) async throws {
        let text = await CommandLineRun.run(["explain", "--manifest", path] + arguments, on: test.console())
        #expect(text == .failure)
        #expect(test.out.hasPrefix("deny\n"))
        #expect(!test.out.contains("allow"))
        #expect(!test.out.contains("x.y.z"))
        let other = try TestConsole()
        _ = await CommandLineRun.run(["explain", "--manifest", path, "--format", "json"] + arguments, on: other.console())
        let report = try JSONParser.parse(other.out)
        #expect(report["verdict"] == "deny")
        #expect(report["status"]?.intValue == status)
        #expect(report["reason"]?.stringValue == reason)
        #expect(report["rule"]?.stringValue == rule)
    }

    @Test("a tool's minimum role", arguments: [("ecs_delete_server", "admin", "false"), ("ecs_list_servers", "readonly", "true")])
    func tool(name: String, role: String, held: String) async throws {
        #expect(await explain("--path", "/ecs/mcp", "--roles", "operator", "--tool", name) == .success)
        #expect(test.out.contains("tool: \(name)\nminimum_role: \(role)\ncaller_has_role: \(held)\n"))
    }

    @Test("an own path is no refusal") func ownPath() async {
        #expect(await explain("--path", "/healthz", "--method", "GET", "--roles", "x") == .success)
        #expect(test.out.contains("rule: own-path"))
    }

    @Test("token and roles exclude each other") func both() async {
        #expect(await explain("--path", "/", "--token", "x", "--roles", "y") == .usage)
    }

    @Test(
        "what the mount's tool policy makes of a tool, and the rule that decides",
        arguments: [
            ("/ecs/mcp", "ecs_delete_server", "admin", true, "services[].tools: kept", "runs"),
            ("/ecs/mcp", "ecs_delete_server", "operator", true, "services[].tools: kept", "FORBIDDEN"),
            ("/ecs/mcp", "ecs_resize_server", "admin", false, "services[].tools: excluded by '*_resize_*'", "unknown tool"),
            ("/ecs/ro/mcp", "ecs_list_servers", "readonly", true, "services[].tools: kept", "runs"),
            ("/ecs/ro/mcp", "ecs_delete_server", "admin", false, "services[].tools: not matched by include", "unknown tool"),
            ("/free/mcp", "ecs_delete_server", "admin", true, "the service has no tools policy", "runs"),
            ("/free/mcp", "their_tool", "admin", true, "the service has no tools policy", "up to the server"),
        ]
    )
    func toolPolicy(path: String, tool: String, role: String, exists: Bool, rule: String, outcome: String) async throws {
        let manifest = try test.write(
            """
            {"services":[{"name":"ecs","command":["x"],"tools":{"exclude":["*_resize_*"]}},
            {"name":"ecs-ro","mount_path":"/ecs/ro","command":["x"],"tools":{"include":["ecs_list_*","ecs_get_*"]}},
            {"name":"free","command":["x"]}]}
            """,
            to: "tools.json"
        )
        let arguments = ["explain", "--manifest", manifest, "--path", path, "--roles", role, "--tool", tool]
        #expect(await CommandLineRun.run(arguments, on: test.console()) == .success)
        #expect(!test.out.contains("deny"))
        #expect(test.out.contains("tool_exists: \(exists)\ntool_rule: \(rule)\ntool_outcome: \(outcome)\n"))
    }
}

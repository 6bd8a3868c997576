import AuthCommon
import JSONRPC
import MCP
import TestSupport
import Testing

@testable import ECSServer
@testable import MCPServer

/// The list of tools as clients see it (ecs.md §1, servers.md §4).
@Suite(.timeLimit(.minutes(1))) struct ToolListTests {
    private static let readonly = [
        "ecs_list_servers", "ecs_get_server", "ecs_list_flavors", "ecs_get_job_status", "ecs_wait_for_job",
    ]

    @Test func theToolsAreThoseOfTheSpecificationInItsOrder() throws {
        let names = try Bench().tools.map(\.definition.name)
        #expect(
            names == Self.readonly + [
                "ecs_power_action", "ecs_delete_server", "ecs_resize_server", "ecs_whoami", "ecs_confirm_destructive",
            ]
        )
    }

    @Test func aToolIsListedForThoseWhoHoldItsMinimumRole() throws {
        let bench = try Bench()
        #expect(bench.listed(for: nil) == [])
        #expect(bench.listed(for: .readonly) == Self.readonly + ["ecs_whoami"])
        #expect(bench.listed(for: .operator) == Self.readonly + ["ecs_power_action", "ecs_whoami", "ecs_confirm_destructive"])
        #expect(bench.listed(for: .admin).count == 10)
    }

    @Test(arguments: [
        ("ecs_list_servers", true, false, true), ("ecs_get_server", true, false, true), ("ecs_list_flavors", true, false, true),
        ("ecs_get_job_status", true, false, true), ("ecs_wait_for_job", true, false, true), ("ecs_whoami", true, false, true),
        ("ecs_power_action", false, true, false), ("ecs_delete_server", false, true, true),
        ("ecs_resize_server", false, true, true), ("ecs_confirm_destructive", false, true, false),
    ])
    func allFourHintsAndATitleAreSent(_ name: String, _ readOnly: Bool, _ destructive: Bool, _ idempotent: Bool) throws {
        let tool = try #require(try Bench().tools.first { $0.definition.name == name }).definition
        #expect(
            tool.annotations
                == ToolAnnotations(readOnlyHint: readOnly, destructiveHint: destructive, idempotentHint: idempotent, openWorldHint: true)
        )
        #expect(tool.title?.isEmpty == false)
        #expect(tool.description?.isEmpty == false)
    }

    @Test func descriptionsNameThePitfalls() throws {
        let tools = try Bench().tools
        let texts = Dictionary(uniqueKeysWithValues: tools.map { ($0.definition.name, $0.definition.description ?? "") })
        #expect(texts["ecs_list_servers"]?.contains("`offset` is a page number") == true)
        #expect(texts["ecs_get_job_status"]?.contains("does not imply that every sub job succeeded") == true)
        for name in ["ecs_power_action", "ecs_delete_server", "ecs_resize_server"] {
            #expect(texts[name]?.contains("ecs_confirm_destructive only after an explicit yes") == true)
        }
        for name in ["ecs_power_action", "ecs_delete_server", "ecs_confirm_destructive"] {
            #expect(texts[name]?.contains("Partial failure") == true)
        }
    }

    @Test func theListIsShortEnoughForAModelsContext() throws {
        let length = try Bench().listLength
        #expect(length.inputs <= 12_000, "\(length)")
        #expect(length.all <= 26_000, "\(length)")
    }

    @Test func everySchemaClosesItsObjects() throws {
        for tool in try Bench().tools { #expect(tool.definition.inputSchema["additionalProperties"] == false) }
    }

    @Test(arguments: [
        "ecs_list_servers", "ecs_get_server", "ecs_list_flavors", "ecs_get_job_status", "ecs_power_action", "ecs_delete_server",
        "ecs_resize_server", "ecs_confirm_destructive", "ecs_wait_for_job", "ecs_whoami",
    ])
    func aCallerWithoutTheRoleSeesForbiddenWhateverTheArguments(_ name: String) async throws {
        let bench = try Bench()
        let error = try await bench.error(name, ["nonsense": 1], as: nil)
        #expect(error["code"] == "FORBIDDEN")
        #expect(error["message"]?.stringValue?.hasSuffix(";caller-has:[]") == true)
        #expect(bench.cloud.sent.isEmpty)
    }
}

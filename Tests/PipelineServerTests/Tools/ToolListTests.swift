import AuthCommon
import JSONRPC
import MCP
import TestSupport
import Testing

@testable import MCPServer
@testable import PipelineServer

/// The list of tools as clients see it (pipeline.md §1, servers.md §4).
@Suite(.timeLimit(.minutes(1))) struct ToolListTests {
    private static let readonly = ["pipeline_list", "pipeline_get_detail"]
    private static let admin = ["pipeline_update_info", "pipeline_set_status"]

    @Test func theToolsAreThoseOfTheSpecificationInItsOrder() throws {
        let names = try Bench().tools.map(\.definition.name)
        #expect(
            names == Self.readonly + ["pipeline_run", "pipeline_wait_for_run"] + Self.admin + [
                "pipeline_whoami", "pipeline_confirm_destructive",
            ]
        )
    }

    @Test func aToolIsListedForThoseWhoHoldItsMinimumRole() throws {
        let bench = try Bench()
        #expect(bench.listed(for: nil) == [])
        #expect(bench.listed(for: .readonly) == Self.readonly + ["pipeline_wait_for_run", "pipeline_whoami"])
        #expect(
            bench.listed(for: .operator) == Self.readonly + [
                "pipeline_run", "pipeline_wait_for_run", "pipeline_whoami", "pipeline_confirm_destructive",
            ]
        )
        #expect(bench.listed(for: .admin).count == 8)
    }

    @Test(arguments: [
        ("pipeline_list", true, false, true), ("pipeline_get_detail", true, false, true), ("pipeline_run", false, false, false),
        ("pipeline_update_info", false, true, true), ("pipeline_set_status", false, true, true),
        ("pipeline_confirm_destructive", false, true, false), ("pipeline_wait_for_run", true, false, true),
        ("pipeline_whoami", true, false, true),
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
        for name in Self.admin {
            #expect(texts[name]?.contains("pipeline_confirm_destructive only after an explicit yes") == true)
        }
        #expect(texts["pipeline_run"]?.contains("do not repeat it") == true)
        #expect(texts["pipeline_run"]?.contains("specific commit cannot be chosen") == true)
        #expect(texts["pipeline_list"]?.contains("is_banned true") == true)
        #expect(texts["pipeline_confirm_destructive"]?.contains("CONFLICT_STALE_PREVIEW") == true)
    }

    @Test func theListIsShortEnoughForAModelsContext() throws {
        let length = try Bench().listLength
        #expect(length.inputs <= 12_000, "\(length)")
        #expect(length.all <= 26_000, "\(length)")
    }

    @Test func everySchemaClosesItsObjects() throws {
        for tool in try Bench().tools { #expect(Self.openObjects(.object(tool.definition.inputSchema)) == 0) }
    }

    /// How many objects a schema leaves open.
    private static func openObjects(_ schema: JSONValue) -> Int {
        switch schema {
        case .object(let object):
            let isOpen = object.contains("properties") && object["additionalProperties"] != false
            return object.members.reduce(isOpen ? 1 : 0) { $0 + openObjects($1.value) }
        case .array(let elements): return elements.reduce(0) { $0 + openObjects($1) }
        case .null, .bool, .number, .string: return 0
        }
    }

    @Test(
        arguments: [
            ("pipeline_list", nil, "readonly"), ("pipeline_get_detail", nil, "readonly"), ("pipeline_run", .readonly, "operator"),
            ("pipeline_update_info", .operator, "admin"), ("pipeline_set_status", .operator, "admin"),
            ("pipeline_confirm_destructive", .readonly, "operator"),
        ] as [(String, Role?, String)]
    )
    func aCallerWithoutTheRoleSeesForbiddenWhateverTheArguments(_ name: String, _ role: Role?, _ needed: String) async throws {
        let bench = try Bench()
        let error = try await bench.error(name, ["nonsense": 1], as: role)
        #expect(error["code"] == "FORBIDDEN")
        #expect(error["status_code"] == 403)
        #expect(error["message"] == .string("role-required:\(needed);caller-has:[\(role?.rawValue ?? "")]"))
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func enablingNeedsAnAdminToo() async throws {
        let bench = try Bench()
        let arguments: JSONObject = ["pipeline_id": .string(Fixtures.id), "status": "enabled"]
        #expect(try await bench.error("pipeline_set_status", arguments, as: .operator)["code"] == "FORBIDDEN")
        #expect(bench.cloud.sent.isEmpty)
    }
}

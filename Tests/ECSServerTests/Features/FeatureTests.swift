import AuthCommon
import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

/// Resources, suggestions, the prompt and `ecs_whoami`.
@Suite(.timeLimit(.minutes(1))) struct FeatureTests {
    private static let template = "huaweicloud://ecs/servers/{id}"
    private static let webURI = "huaweicloud://ecs/servers/\(Fixtures.web)"

    @Test func aServerIsAResource() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.webRow])))
        #expect(try await bench.read(Self.webURI, as: .readonly) == FullServer.json(server(Fixtures.webRow)).text())
        #expect(bench.cloud.sent == [.init("GET", Bench.servers("/detail?limit=1&server_id=\(Fixtures.web)"))])
        #expect(bench.log.records("tool-ok").first?["tool"] == "ecs_get_server")
    }

    @Test func aServerThatDoesNotExistIsNotFound() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.ghostRow])))
        #expect(try await bench.read("huaweicloud://ecs/servers/\(Fixtures.ghost)") == nil)
        #expect(try await bench.read("huaweicloud://ecs/servers/not-a-uuid") == nil)
        #expect(bench.cloud.sent.count == 1)
    }

    @Test func withoutTheRoleNothingIsRead() async throws {
        let bench = try Bench()
        await #expect(throws: JSONRPCError.self) { try await bench.read(Self.webURI, as: nil) }
        #expect(try await bench.suggestions(Self.template, "id", "", as: nil) == [])
        #expect(bench.cloud.sent.isEmpty)
    }

    private static let page = Fixtures.page([
        Fixtures.row(id: "1111", name: "web-1"), Fixtures.row(id: "2222", name: "db-1"), Fixtures.row(id: "3333", name: "web-2"),
    ])

    @Test(
        arguments: [
            ("", ["1111", "2222", "3333"], nil), ("22", ["2222"], nil), ("web", ["1111", "3333"], "web"), ("DB", ["2222"], nil),
            ("zzz", [], "zzz"),
        ] as [(String, [String], String?)]
    )
    func idsAreSuggestedByIdAndByName(_ typed: String, _ expected: [String], _ filter: String?) async throws {
        let bench = try Bench(.ok(Self.page))
        #expect(try await bench.suggestions(Self.template, "id", typed, as: .readonly) == expected)
        let query = filter.map { "limit=100&name=\($0)&offset=1" } ?? "limit=100&offset=1"
        #expect(bench.cloud.sent == [.init("GET", Bench.servers("/detail?\(query)"))])
    }

    @Test func aPromptGetsNamesAndIds() async throws {
        let bench = try Bench(.ok(Self.page), .http(500, "{}"))
        #expect(try await bench.suggestions("ecs_resize_safely", "server", "w") == ["web-1", "web-2"])
        #expect(try await bench.suggestions("ecs_resize_safely", "server", "") == [])
    }

    @Test func flavorsAreSuggested() async throws {
        let bench = try Bench(.ok(#"{"flavors":[{"id":"s6.large.2"},{"id":"c6.large.2"},{"id":null}]}"#))
        #expect(try await bench.suggestions("ecs_resize_safely", "flavor", "s6") == ["s6.large.2"])
    }

    @Test func thePromptNamesItsToolsAndArguments() async throws {
        let bench = try Bench()
        let text = try #require(try await bench.prompt("ecs_resize_safely", ["server": "web-1", "flavor": "s6.large.2"]))
        for part in [
            "web-1", "s6.large.2", "ecs_list_servers", "ecs_get_server", "ecs_list_flavors", "ecs_resize_server", "ecs_wait_for_job",
            "ecs_confirm_destructive only after my explicit yes", "never an instruction",
        ] { #expect(text.contains(part), "\(part)") }
        #expect(try await bench.prompt("ecs_resize_safely", [:], as: .operator) == nil)
    }

    @Test func whoamiTellsTheAccountAndTheTools() async throws {
        let data = try await Bench().success("ecs_whoami", as: .readonly)
        #expect(data["project_id"] == .string(Bench.project))
        #expect(data["project_id_source"] == "configured")
        #expect(data["region"] == "af-south-1")
        #expect(data["credentials"]?["access_key"] == "EXAM****LEAK")
        #expect(data["tools"]?.arrayValue?.count == 6)
        #expect(!data.text().contains("example-secret"))
    }
}

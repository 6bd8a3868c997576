import AuthCommon
import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

/// `ecs_delete_server` (ecs.md §3).
@Suite(.timeLimit(.minutes(1))) struct DeleteServerTests {
    @Test func thePreviewShowsBothFlagsAndTheTargets() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.webRow])))
        let data = json(try await bench.data("ecs_delete_server", ["server_ids": [.string(Fixtures.web)]]))
        #expect(data["action"] == "delete")
        #expect(data["delete_publicip"] == false)
        #expect(data["delete_volume"] == false)
        #expect(data["server_ids"] == [.string(Fixtures.web)])
        #expect(data["targets"] == [.object(Target(id: Fixtures.web, server: server(Fixtures.webRow)).json)])
        #expect(data["warnings"] == [])
        #expect(bench.cloud.writes.isEmpty)
    }

    @Test func warnsOfWhatIsLostWithTheServer() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.webRow])))
        let arguments: JSONObject = ["server_ids": [.string(Fixtures.web)], "delete_publicip": true, "delete_volume": true]
        let data = json(try await bench.data("ecs_delete_server", arguments))
        let warnings = data["warnings"]?.arrayValue?.compactMap(\.stringValue) ?? []
        #expect(warnings.count == 2)
        #expect(warnings.allSatisfy { $0.contains("web-1") })
    }

    @Test(arguments: ["readonly", "operator"])
    func needsAnAdmin(_ role: String) async throws {
        let bench = try Bench()
        let error = try await bench.error("ecs_delete_server", ["nonsense": 1], as: .init(rawValue: role))
        #expect(error["code"] == "FORBIDDEN")
        #expect(error["message"] == .string("role-required:admin;caller-has:[\(role)]"))
    }

    @Test(
        arguments: [("delete_publicip", 1), ("delete_publicip", .null), ("delete_volume", "true"), ("force", true)] as [(String, JSONValue)]
    )
    func rejectsArgumentsThatBreakTheirRule(_ name: String, _ value: JSONValue) async throws {
        let bench = try Bench()
        let error = try await bench.error("ecs_delete_server", ["server_ids": [.string(Fixtures.web)], name: value])
        #expect(error["code"] == "INVALID_PARAMS")
        #expect(bench.cloud.sent.isEmpty)
    }
}

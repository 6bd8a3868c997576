import AuthCommon
import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

/// Identity, role, parameters, the tool's own checks, then project id and region, then the API (servers.md §3).
@Suite(.timeLimit(.minutes(1))) struct OrderOfChecksTests {
    private static let good: [(String, JSONObject)] = [
        ("ecs_list_servers", [:]), ("ecs_get_server", ["server_id": .string(Fixtures.web)]),
        ("ecs_get_server", ["server_id": .string(Fixtures.web), "detail_level": "status"]), ("ecs_list_flavors", [:]),
        ("ecs_get_job_status", ["job_id": "j"]), ("ecs_power_action", ["server_ids": [.string(Fixtures.web)], "action": "start"]),
        ("ecs_power_action", ["server_ids": [.string(Fixtures.web)], "action": "stop"]),
        ("ecs_delete_server", ["server_ids": [.string(Fixtures.web)]]),
        ("ecs_resize_server", ["server_id": .string(Fixtures.web), "target_flavor_ref": "f"]),
    ]

    @Test(arguments: good)
    func anUnknownRegionIsNoticedBeforeAnyRequest(_ tool: String, _ arguments: JSONObject) async throws {
        let bench = try Bench(region: "mars-1")
        let error = try await bench.error(tool, arguments)
        #expect(error["code"] == "UNSUPPORTED_REGION")
        #expect(error["hint"]?.stringValue?.contains("HUAWEICLOUD_SDK_REGION_ECS_MARS_1") == true)
        #expect(error["retryable"] == nil)
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test(arguments: good)
    func theProjectIdIsLookedUpBeforeTheApiIsCalled(_ tool: String, _ arguments: JSONObject) async throws {
        let bench = try Bench(.ok(#"{"projects":[]}"#), project: nil)
        let error = try await bench.error(tool, arguments)
        #expect(error["code"] == "PROJECT_ID_LOOKUP_FAILED")
        #expect(bench.cloud.sent == [.init("GET", "/v3/projects?name=af-south-1")])
    }

    @Test func identityIsCheckedBeforeEverythingElse() async throws {
        let bench = try Bench(region: "mars-1", project: nil)
        for tool in bench.listed(for: .admin) {
            let envelope = try await bench.call(tool, ["unknown": 1], subject: nil)
            #expect(envelope["error"]?["code"] == "UNAUTHORIZED")
            #expect(envelope["error"]?["status_code"] == 401)
        }
    }

    @Test func parametersAreCheckedBeforeRegionAndProject() async throws {
        let bench = try Bench(region: "mars-1", project: nil)
        for (tool, arguments) in Self.good {
            var arguments = arguments
            arguments["unknown"] = 1
            #expect(try await bench.error(tool, arguments)["code"] == "INVALID_PARAMS")
        }
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func allViolationsAreCollectedInSchemaOrder() async throws {
        let error = try await Bench().error("ecs_list_servers", ["offset": 0, "limit": 0, "status": "x", "extra": 1])
        #expect(error["details"]?.arrayValue?.map { $0["path"] } == ["status", "limit", "offset", "extra"])
    }

    @Test func requestsCarryTheProjectIdSigned() async throws {
        let bench = try Bench(.ok("{}"))
        _ = try await bench.data("ecs_list_servers")
        let request = try #require(bench.cloud.signed.first)
        #expect(request.headers["X-Project-Id"] == Bench.project)
        #expect(request.headers["Authorization"]?.contains("x-project-id") == true)
        #expect(request.endpoint.authority == "ecs.af-south-1.myhuaweicloud.com")
    }
}

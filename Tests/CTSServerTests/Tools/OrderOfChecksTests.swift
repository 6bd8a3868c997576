import AuthCommon
import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import CTSServer

/// Identity, role, parameters, the tool's own checks, then project id and region, then the API (servers.md §3).
@Suite(.timeLimit(.minutes(1))) struct OrderOfChecksTests {
    private static let good: [(String, JSONObject)] = [("cts_search_traces", [:]), ("cts_get_trace_detail", ["trace_id": "t"])]

    @Test(arguments: good)
    func anUnknownRegionIsNoticedBeforeAnyRequest(_ tool: String, _ arguments: JSONObject) async throws {
        let bench = try Bench(region: "mars-1")
        let error = try await bench.error(tool, arguments)
        #expect(error["code"] == "UNSUPPORTED_REGION")
        #expect(error["hint"]?.stringValue?.contains("HUAWEICLOUD_SDK_REGION_CTS_MARS_1") == true)
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test(arguments: good)
    func theProjectIdIsLookedUpBeforeTheApiIsCalled(_ tool: String, _ arguments: JSONObject) async throws {
        let bench = try Bench(.ok(#"{"projects":[]}"#), project: nil)
        #expect(try await bench.error(tool, arguments)["code"] == "PROJECT_ID_LOOKUP_FAILED")
        #expect(bench.cloud.sent == [.init("GET", "/v3/projects?name=af-south-1")])
    }

    @Test(arguments: good)
    func identityThenRoleThenParametersAreCheckedFirst(_ tool: String, _ arguments: JSONObject) async throws {
        let bench = try Bench(region: "mars-1", project: nil)
        #expect(try await bench.call(tool, ["unknown": 1], subject: nil)["error"]?["code"] == "UNAUTHORIZED")
        let forbidden = try await bench.error(tool, ["unknown": 1], as: nil)
        #expect(forbidden["code"] == "FORBIDDEN")
        #expect(forbidden["message"] == "role-required:readonly;caller-has:[]")
        var arguments = arguments
        arguments["unknown"] = 1
        arguments["start_time"] = "soon"
        #expect(try await bench.error(tool, arguments)["code"] == "INVALID_PARAMS")
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func requestsCarryTheProjectIdSigned() async throws {
        let bench = try Bench(.ok("{}"))
        _ = try await bench.success("cts_search_traces")
        let request = try #require(bench.cloud.signed.first)
        #expect(request.headers["X-Project-Id"] == Bench.project)
        #expect(request.headers["Authorization"]?.contains("x-project-id") == true)
        #expect(request.endpoint.authority == "cts.af-south-1.myhuaweicloud.com")
        #expect(request.body.isEmpty)
    }
}

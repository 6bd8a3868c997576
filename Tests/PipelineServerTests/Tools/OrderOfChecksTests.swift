import AuthCommon
import CloudServer
import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// Identity, role, parameters, the tool's own checks, then project id and region, then the API (servers.md §3, pipeline.md §1.1).
@Suite(.timeLimit(.minutes(1))) struct OrderOfChecksTests {
    private static let id: JSONValue = .string(Fixtures.id)

    private static let good: [(String, JSONObject)] = [
        ("pipeline_list", [:]), ("pipeline_get_detail", ["pipeline_id": id]), ("pipeline_run", ["pipeline_id": id]),
        ("pipeline_run", ["pipeline_id": id, "sources": [[:]]]),
        ("pipeline_update_info", ["pipeline_id": id, "new_default_branch": "main"]),
        ("pipeline_set_status", ["pipeline_id": id, "status": "enabled"]),
        ("pipeline_set_status", ["pipeline_id": id, "status": "disabled"]),
    ]

    @Test(arguments: good)
    func withoutAProjectIdNothingIsSent(_ tool: String, _ arguments: JSONObject) async throws {
        // The cloud's project is configured and does not count.
        let bench = try Bench(project: nil, cloudProject: "0123456789abcdef0123456789abcdef")
        let error = try await bench.error(tool, arguments)
        #expect(error["code"] == "MISSING_PROJECT_ID")
        #expect(error["hint"]?.stringValue?.contains("HUAWEICLOUD_PROJECT_ID is something else") == true)
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test(arguments: good)
    func anUnknownRegionIsNoticedBeforeAnyRequestAndAlsoByPreviewsThatSendNone(_ tool: String, _ arguments: JSONObject) async throws {
        let bench = try Bench(region: "mars-1")
        let error = try await bench.error(tool, arguments)
        #expect(error["code"] == "UNSUPPORTED_REGION")
        #expect(error["hint"]?.stringValue?.contains("HUAWEICLOUD_SDK_REGION_CODEARTSPIPELINE_MARS_1") == true)
        #expect(error["retryable"] == nil)
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test(arguments: good)
    func theProjectIdIsCheckedAfterTheParametersAndBeforeTheRegion(_ tool: String, _ arguments: JSONObject) async throws {
        let bench = try Bench(region: "mars-1", project: nil)
        #expect(try await bench.error(tool, arguments)["code"] == "MISSING_PROJECT_ID")
        var wrong = arguments
        wrong["unknown"] = 1
        #expect(try await bench.error(tool, wrong)["code"] == "INVALID_PARAMS")
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func identityIsCheckedBeforeEverythingElse() async throws {
        let bench = try Bench(region: "mars-1", project: nil)
        for tool in bench.listed(for: .admin) {
            let envelope = try await bench.call(tool, ["unknown": 1], subject: nil)
            #expect(envelope["error"]?["code"] == "UNAUTHORIZED")
            #expect(envelope["error"]?["status_code"] == 401)
        }
    }

    @Test func anUpdateChecksItsFieldsBeforeProjectAndRegion() async throws {
        let bench = try Bench(region: "mars-1", project: nil)
        for arguments in [[:], ["source_alias": "a", "pre_sequence": 0], ["new_default_branch": .null]] as [JSONObject] {
            var arguments = arguments
            arguments["pipeline_id"] = Self.id
            #expect(try await bench.error("pipeline_update_info", arguments)["code"] == "NO_FIELDS_TO_UPDATE")
        }
        let preTask = try await bench.error("pipeline_update_info", ["pipeline_id": Self.id, "new_pre_task": "x"])
        #expect(preTask["code"] == "INVALID_PRE_TASK")
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func theArgumentNamesTheProjectAndIsTrimmed() async throws {
        let bench = try Bench(.ok("{}"), .ok("{}"), .ok("{}"))
        _ = try await bench.data("pipeline_list", ["project_id": " other_1 "])
        _ = try await bench.data("pipeline_list", ["project_id": "  "])
        _ = try await bench.data("pipeline_list", ["project_id": .null])
        #expect(
            bench.cloud.sent.map(\.target) == [
                Bench.pipelines("/list", project: "other_1"), Bench.pipelines("/list"), Bench.pipelines("/list"),
            ]
        )
    }

    @Test(arguments: ["a/b", "..", "a b", "ä", String(repeating: "a", count: 65), "a\u{0}", "a?b", "a%2F"])
    func idsHaveTheirForm(_ id: String) async throws {
        let bench = try Bench()
        for (tool, arguments) in Self.good {
            var arguments = arguments
            arguments["project_id"] = .string(id)
            let error = try await bench.error(tool, arguments)
            #expect(error["code"] == "INVALID_PARAMS")
            #expect(error["details"]?.arrayValue?.map { $0["path"] } == ["project_id"])
        }
        for (tool, arguments) in Self.good where tool != "pipeline_list" {
            for id in [id, "", id + "\n", " abc", "abc\n"] {
                var arguments = arguments
                arguments["pipeline_id"] = .string(id)
                #expect(try await bench.error(tool, arguments)["code"] == "INVALID_PARAMS")
            }
        }
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func theCloudProjectIdIsSentAlongOnlyWhenItIsConfiguredAndNeverLookedUp() async throws {
        let without = try Bench(.ok("{}"))
        _ = try await without.data("pipeline_list")
        let bare = try #require(without.cloud.signed.first)
        #expect(bare.headers["X-Project-Id"] == nil)
        #expect(bare.endpoint.authority == "pipeline.af-south-1.myhuaweicloud.com")
        let with = try Bench(.ok("{}"), cloudProject: "cloud-project")
        _ = try await with.data("pipeline_list")
        let request = try #require(with.cloud.signed.first)
        #expect(request.headers["X-Project-Id"] == "cloud-project")
        #expect(request.headers["Authorization"]?.contains("x-project-id") == true)
        #expect(request.path == Bench.pipelines("/list"))
    }

    @Test(arguments: [("cn-north-4", "cloudpipeline-ext"), ("la-south-2", "pipeline-external"), ("af-south-1", "pipeline")])
    func theHostDependsOnTheRegion(_ region: String, _ prefix: String) async throws {
        let bench = try Bench(.ok("{}"), region: region)
        _ = try await bench.data("pipeline_list")
        #expect(bench.cloud.signed.first?.endpoint.authority == "\(prefix).\(region).myhuaweicloud.com")
    }

    @Test func theDefinitionOfTheServerNamesItsVariables() {
        #expect(CodeArtsPipelineServer.regionVariables == ["CODEARTS_REGION", "HUAWEICLOUD_REGION"])
        #expect(CodeArtsPipelineServer.projectIDUse == .optional)
        #expect(CodeArtsPipelineServer.variables.map(\.name) == ["CODEARTS_DEFAULT_PROJECT_ID"])
        #expect(CodeArtsPipelineServer.service == "pipeline")
        #expect(CodeArtsPipelineServer.executable == "pipeline-mcp-server")
        #expect(CodeArtsPipelineServer.tools(.unconfigured).count == 6)
    }
}

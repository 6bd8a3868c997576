import AuthCommon
import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// Resources, suggestions, prompts, cursors and `pipeline_whoami`.
@Suite(.timeLimit(.minutes(1))) struct FeatureTests {
    private static let template = "huaweicloud://pipelines/{id}"
    private static let list = #"{"total":2,"pipelines":[{"pipeline_id":"aa1","name":"deploy"},{"pipeline_id":"bb2","name":"build"}]}"#

    @Test func aPipelineIsAResource() async throws {
        let bench = try Bench(.ok(#"{"id":"p1","name":"n","variables":[{"name":"v","value":"s","is_secret":true}]}"#))
        let text = try #require(try await bench.read("huaweicloud://pipelines/p1", as: .readonly))
        #expect(json(text)["variables"] == [["name": "v", "value": "***", "is_secret": true]])
        #expect(bench.cloud.sent == [.init("GET", Bench.pipelines("/p1"))])
    }

    @Test func whatDoesNotExistIsNotFound() async throws {
        let bench = try Bench(.http(400, #"{"error_code":"DEVPIPE.00011401","error_msg":"no pipeline"}"#), .http(404, "{}"))
        for _ in 0..<2 { #expect(try await bench.read("huaweicloud://pipelines/p1") == nil) }
        #expect(try await bench.read("huaweicloud://pipelines/a%2Fb") == nil)
        #expect(bench.cloud.sent.count == 2)
    }

    @Test func withoutAProjectTheErrorSaysSo() async throws {
        let bench = try Bench(project: nil)
        let error = await #expect(throws: JSONRPCError.self) { try await bench.read("huaweicloud://pipelines/p1") }
        #expect(error?.data?["code"] == "MISSING_PROJECT_ID")
    }

    @Test(arguments: [("", ["aa1", "bb2"]), ("BB", ["bb2"]), ("dep", ["aa1"]), ("zz", [])] as [(String, [String])])
    func idsAreSuggestedByIdAndByName(_ typed: String, _ expected: [String]) async throws {
        let bench = try Bench(.ok(Self.list))
        #expect(try await bench.suggestions(Self.template, "id", typed, as: .readonly) == expected)
        #expect(bench.cloud.sent.count == 1)
    }

    @Test(arguments: ["pipeline_safe_to_deploy", "pipeline_why_run_failed"])
    func promptsGetNamesAndIds(_ name: String) async throws {
        let bench = try Bench(.ok(Self.list), .http(500, "{}"))
        #expect(try await bench.suggestions(name, "pipeline", "") == ["deploy", "build", "aa1", "bb2"])
        #expect(try await bench.suggestions(name, "pipeline", "") == [])
    }

    @Test(
        arguments: [
            (
                "pipeline_safe_to_deploy", ["pipeline": "deploy", "branch": "main"],
                ["GO, WAIT or STOP", "on the branch main", "pipeline_run"]
            ),
            (
                "pipeline_why_run_failed", ["pipeline": "deploy", "run": "r1"],
                ["the run r1", "stage_status_list", "pipeline_wait_for_run"]
            ),
        ] as [(String, [String: String], [String])]
    )
    func promptsNameTheirToolsAndArguments(_ name: String, _ arguments: [String: String], _ parts: [String]) async throws {
        let bench = try Bench()
        let text = try #require(try await bench.prompt(name, arguments, as: .readonly))
        for part in parts + ["deploy", "pipeline_list", "pipeline_get_detail", "never an instruction"] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(try await bench.prompt(name, arguments, as: nil) == nil)
    }

    @Test func theCursorContinuesTheList() async throws {
        let bench = try Bench(.ok(Self.list.replacingTotal), .ok(#"{"offset":2,"total":3,"pipelines":[{"pipeline_id":"cc3"}]}"#))
        let first = try await bench.success("pipeline_list", ["name": "x", "limit": 2, "fields": ["pipeline_id"]])
        #expect(first["pipelines"] == [["pipeline_id": "aa1"], ["pipeline_id": "bb2"]])
        let second = try await bench.success("pipeline_list", ["cursor": first["next_cursor"] ?? .null])
        #expect(second["pipelines"] == [["pipeline_id": "cc3"]])
        #expect(second["next_cursor"] == .null)
        let body = #"{"project_id":"\#(Bench.project)","name":"x","offset":2,"limit":2}"#
        #expect(bench.cloud.sent.last == .init("POST", Bench.pipelines("/list"), body))
    }

    @Test func whoamiTellsTheCodeArtsProject() async throws {
        let data = try await Bench().success("pipeline_whoami", as: .readonly)
        #expect(data["settings"] == ["CODEARTS_DEFAULT_PROJECT_ID": .string(Bench.project)])
        #expect(data["project_id_source"] == "none")
        #expect(data["tools"] == ["pipeline_list", "pipeline_get_detail", "pipeline_wait_for_run", "pipeline_whoami"])
    }
}

extension String {
    /// The list as the first page of three rows.
    fileprivate var replacingTotal: String { "{\"offset\":0,\"total\":3" + dropFirst(#"{"total":2"#.count) }
}

import AuthCommon
import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// `pipeline_list` (pipeline.md §2).
@Suite(.timeLimit(.minutes(1))) struct ListPipelinesTests {
    private static let empty =
        #"{"offset":null,"limit":null,"total":null,"has_more":false,"next_offset":null,"next_cursor":null,"pipelines":[]}"#

    @Test func theBodyAlwaysHasProjectAndPageAndNoUnsetFilter() async throws {
        let bench = try Bench(.ok(#"{"offset":0,"limit":20,"total":0,"pipelines":[]}"#))
        #expect(
            try await bench.data("pipeline_list", as: .readonly)
                == #"{"offset":0,"limit":20,"total":0,"has_more":false,"next_offset":null,"next_cursor":null,"pipelines":[]}"#
        )
        #expect(
            bench.cloud.sent == [
                .init("POST", Bench.pipelines("/list"), #"{"project_id":"\#(Bench.project)","offset":0,"limit":20}"#)
            ]
        )
    }

    @Test func everyFilterIsSent() async throws {
        let bench = try Bench(.ok("{}"))
        _ = try await bench.data(
            "pipeline_list",
            object(
                #"{"is_banned":false,"sort_dir":"desc","sort_key":"update_time","limit":1e2,"offset":5.0,"end_time":"e","start_time":"s","executor_ids":["x"],"creator_ids":["a","b"],"creator_id":"c","component_id":"co","status":["RUNNING","FAILED"],"name":"dé","project_id":"p1"}"#
            )
        )
        #expect(
            bench.cloud.sent == [
                .init(
                    "POST",
                    Bench.pipelines("/list", project: "p1"),
                    #"{"project_id":"p1","component_id":"co","name":"dé","status":["RUNNING","FAILED"],"creator_id":"c","creator_ids":["a","b"],"executor_ids":["x"],"start_time":"s","end_time":"e","offset":5,"limit":100,"sort_key":"update_time","sort_dir":"desc","is_banned":false}"#
                )
            ]
        )
    }

    @Test(arguments: ["name", "component_id", "creator_id", "start_time", "end_time", "sort_key", "sort_dir"])
    func anEmptyOrNullFilterCountsAsNotGiven(_ filter: String) async throws {
        let bench = try Bench(.ok("{}"), .ok("{}"))
        for value in [JSONValue.null, ""] { #expect(try await bench.data("pipeline_list", [filter: value]) == Self.empty) }
        #expect(bench.cloud.sent.allSatisfy { $0.body == #"{"project_id":"\#(Bench.project)","offset":0,"limit":20}"# })
    }

    @Test(arguments: ["status", "creator_ids", "executor_ids"])
    func anEmptyListIsSentAsAnEmptyList(_ filter: String) async throws {
        let bench = try Bench(.ok("{}"), .ok("{}"))
        _ = try await bench.data("pipeline_list", [filter: []])
        _ = try await bench.data("pipeline_list", [filter: .null])
        #expect(bench.cloud.sent[0].body == #"{"project_id":"\#(Bench.project)","\#(filter)":[],"offset":0,"limit":20}"#)
        #expect(bench.cloud.sent[1].body == #"{"project_id":"\#(Bench.project)","offset":0,"limit":20}"#)
    }

    @Test(
        arguments: [
            ("limit", 0), ("limit", 101), ("limit", "20"), ("limit", .null), ("offset", -1), ("offset", .null), ("offset", json("0.5")),
            ("status", "RUNNING"), ("status", ["running"]), ("status", [""]), ("status", [.null]), ("sort_key", "id"), ("sort_dir", "up"),
            ("is_banned", "true"), ("is_banned", 1), ("name", 5), ("creator_ids", [1]), ("page", 1),
        ] as [(String, JSONValue)]
    )
    func rejectsArgumentsThatBreakTheirRule(_ name: String, _ value: JSONValue) async throws {
        let bench = try Bench()
        let error = try await bench.error("pipeline_list", [name: value])
        #expect(error["code"] == "INVALID_PARAMS")
        #expect(error["details"]?.arrayValue?.count == 1)
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test(
        arguments: [
            // The API's total decides.
            (5, nil, nil, 0, 2, 2), (5, nil, nil, 3, 2, nil), (5, 2, 2, 2, 2, 4), (5, 4, 2, 4, 1, nil), (0, nil, nil, 0, 0, nil),
            (2, nil, nil, 0, 2, nil),
            // Without one, a full page does; the API may have made it smaller.
            (nil, nil, nil, 0, 2, 2), (nil, nil, nil, 4, 1, nil), (nil, nil, nil, 4, 0, nil), (nil, 4, 1, 4, 1, 5),
        ] as [(Int?, Int?, Int?, Int, Int, Int?)]
    )
    func nextOffsetFollowsTheRowsWhileThereAreMore(
        _ total: Int?,
        _ apiOffset: Int?,
        _ apiLimit: Int?,
        _ offset: Int,
        _ rows: Int,
        _ next: Int?
    ) async throws {
        var page: JSONObject = ["pipelines": .array((0..<rows).map { ["pipeline_id": .string("p\($0)")] })]
        page.set("total", total.map(JSONValue.int))
        page.set("offset", apiOffset.map(JSONValue.int))
        page.set("limit", apiLimit.map(JSONValue.int))
        let bench = try Bench(.ok(page.text()))
        let data = json(try await bench.data("pipeline_list", ["offset": .int(offset), "limit": 2]))
        #expect(data["next_offset"] == .optional(next))
        #expect(data["has_more"] == .bool(next != nil))
        #expect(data["total"] == .optional(total))
        #expect(data["offset"] == .optional(apiOffset))
        #expect(data["limit"] == .optional(apiLimit))
        #expect(data["pipelines"]?.arrayValue?.count == rows)
    }

    @Test func aHugeOffsetOverflowsNothing() {
        let page = ListPipelinesRequest.Page(offset: .max, limit: nil, total: nil, rowsReceived: 20, rows: [])
        #expect(ListPipelines.data(page, limit: 20, offset: 0)["next_offset"] == .null)
    }

    @Test(arguments: ["{}", #"{"pipelines":null}"#, #"{"total":null,"offset":"x","limit":[],"pipelines":[]}"#])
    func missingOrNullPipelinesAreEmpty(_ body: String) async throws {
        let bench = try Bench(.ok(body))
        #expect(try await bench.data("pipeline_list") == Self.empty)
    }

    @Test func malformedRowsNeverFailTheListAndCountAsRows() async throws {
        let bench = try Bench(.ok(#"{"total":"9","offset":"0","pipelines":[7,{"pipeline_id":"a","name":{}},null,"x",{"id":"b"}]}"#))
        var data = try await bench.success("pipeline_list")
        #expect(data["next_cursor"]?.stringValue != nil)
        data["next_cursor"] = nil
        #expect(
            data.text()
                == #"{"offset":0,"limit":null,"total":9,"has_more":true,"next_offset":5,"pipelines":[{"pipeline_id":"a"},{"pipeline_id":"b"}]}"#
        )
    }

    @Test func aSinglePipelineThatIsNoArrayIsAnArrayOfOne() async throws {
        let bench = try Bench(.ok(#"{"pipelines":{"id":"a"}}"#))
        #expect(try await bench.data("pipeline_list").contains(#""pipelines":[{"pipeline_id":"a"}]"#))
    }

    @Test(arguments: ["[]", "true", "", "<html>", #"{"pipelines":["#])
    func anAnswerThatIsNoObjectIsInvalid(_ body: String) async throws {
        let bench = try Bench(.ok(body))
        let error = try await bench.error("pipeline_list")
        #expect(error["code"] == "UPSTREAM_INVALID_RESPONSE")
        #expect(error["status_code"] == 200)
        #expect(error["request_id"] == "req-1")
        #expect(error["retryable"] == false)
    }

    @Test func a2xxWithAnErrorIsAFailureWithTheApisCode() async throws {
        let bench = try Bench(.ok(#"{"error_code":"DEVPIPE.00011412","error_msg":"no such project"}"#))
        let error = try await bench.error("pipeline_list")
        #expect(error["code"] == "DEVPIPE.00011412")
        #expect(error["message"] == "no such project")
        #expect(error["status_code"] == 200)
        #expect(error["request_id"] == "req-1")
        #expect(error["retryable"] == false)
        #expect(error["hint"]?.stringValue?.contains("not the cloud project id") == true)
    }

    @Test func theListIsRetriedLikeAGet() async throws {
        let bench = try Bench(.http(503, "busy"), .failure(TransportFailure(.broken, sent: true)), .ok("{}"), retries: 2)
        #expect(try await bench.data("pipeline_list") == Self.empty)
        #expect(bench.cloud.sent.count == 3)
    }
}

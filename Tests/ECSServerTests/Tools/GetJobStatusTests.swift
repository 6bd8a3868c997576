import AuthCommon
import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

/// `ecs_get_job_status` (ecs.md §2.4).
@Suite(.timeLimit(.minutes(1))) struct GetJobStatusTests {
    @Test func returnsTheJobWithItsSubJobs() async throws {
        let body =
            #"{"job_id":"j1","job_type":"batchStop","status":"SUCCESS","begin_time":"b","end_time":"e","error_code":null,"fail_reason":null,"entities":{"sub_jobs_total":2,"sub_jobs":["#
            + #"{"job_id":"s1","status":"SUCCESS","entities":{"server_id":"a"}},{"job_id":"s2","status":"FAIL","error_code":"Ecs.0100","fail_reason":"r","entities":{"server_id":"b","errorcode_message":"m"}}]}}"#
        let bench = try Bench(.ok(body))
        #expect(try await bench.data("ecs_get_job_status", ["job_id": "j1"], as: .readonly) == Job(object(body)).json.text())
        #expect(bench.cloud.sent == [.init("GET", "/v1/\(Bench.project)/jobs/j1")])
    }

    @Test(arguments: ["INIT", "RUNNING", "SUCCESS", "FAIL", "PENDING_PAYMENT", "SOMETHING_NEW"])
    func aFailedJobIsStillAGoodAnswer(_ status: String) async throws {
        let bench = try Bench(.ok(#"{"status":"\#(status)"}"#))
        #expect(json(try await bench.data("ecs_get_job_status", ["job_id": "j1"]))["status"] == .string(status))
    }

    @Test(arguments: [
        ("...", "..."), (".a", ".a"), ("..a", "..a"), ("a/../../x", "a%2F..%2F..%2Fx"), ("a?b=c&d#e", "a%3Fb%3Dc%26d%23e"),
        ("%2e", "%252e"),
        ("\n", "%0A"), ("..\n", "..%0A"), (".\u{301}", ".%CC%81"),
    ])
    func theIdIsOneSegmentWhateverItContains(_ id: String, _ segment: String) async throws {
        let bench = try Bench(.ok("{}"))
        _ = try await bench.data("ecs_get_job_status", ["job_id": .string(id)])
        #expect(bench.cloud.sent == [.init("GET", "/v1/\(Bench.project)/jobs/\(segment)")])
    }

    @Test(arguments: ["", ".", "..", .null, 7] as [JSONValue])
    func theIdIsAtLeastOneCodePointAndNoDotSegment(_ id: JSONValue) async throws {
        let bench = try Bench()
        let error = try await bench.error("ecs_get_job_status", ["job_id": id])
        #expect(error["code"] == "INVALID_PARAMS")
        #expect(error["details"]?.arrayValue?.map { $0["path"] } == ["job_id"])
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func theApisErrorIsPassedOn() async throws {
        let bench = try Bench(.http(404, #"{"error":{"code":"Ecs.0116","message":"no job"}}"#))
        let error = try await bench.error("ecs_get_job_status", ["job_id": "j1"])
        #expect(error["code"] == "Ecs.0116")
        #expect(error["status_code"] == 404)
    }
}

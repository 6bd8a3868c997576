import AuthCommon
import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

/// `ecs_wait_for_job`.
@Suite(.timeLimit(.minutes(1))) struct WaitForJobTests {
    private func job(_ status: String, sub: [String] = [], total: Int? = nil) -> FakeCloud.Answer {
        let rows = sub.map { #"{"job_id":"s","status":"\#($0)"}"# }.joined(separator: ",")
        let count = total.map { #""sub_jobs_total":\#($0),"# } ?? ""
        return .ok(#"{"job_id":"j1","status":"\#(status)","entities":{\#(count)"sub_jobs":[\#(rows)]}}"#)
    }

    @Test func returnsTheJobWithItsMembersAndWhatToDo() async throws {
        let bench = try Bench(job("SUCCESS"))
        let data = try await bench.success("ecs_wait_for_job", ["job_id": "j1"], as: .readonly)
        #expect(data.keys == ["finished", "waited_seconds", "next_step"] + Job.properties.keys)
        #expect(data["finished"] == true)
        #expect(data["waited_seconds"] == 0)
        #expect(data["next_step"] == "Done.")
        #expect(bench.cloud.sent == [.init("GET", "/v1/\(Bench.project)/jobs/j1")])
    }

    @Test func waitsUntilTheJobEnds() async throws {
        let bench = try Bench(job("INIT"), job("RUNNING"), .http(503, "{}"), job("SUCCESS"))
        let data = try await bench.success("ecs_wait_for_job", ["job_id": "j1"])
        #expect(data["finished"] == true)
        #expect(data["waited_seconds"] == 10)
        #expect(bench.cloud.sent.count == 4)
    }

    @Test func whatHasNotEndedCanBeWaitedForAgain() async throws {
        let bench = try Bench(job("RUNNING"), job("RUNNING"), job("RUNNING"))
        let data = try await bench.success("ecs_wait_for_job", ["job_id": "j1", "timeout_seconds": 7])
        #expect(data["finished"] == false)
        #expect(data["waited_seconds"] == 5)
        #expect(data["next_step"] == "The job goes on. Call ecs_wait_for_job again with the same job_id.")
        bench.cloud.add(job("SUCCESS"))
        #expect(try await bench.success("ecs_wait_for_job", ["job_id": "j1"])["finished"] == true)
    }

    @Test(
        arguments: [
            ("SUCCESS", ["SUCCESS", "FAIL"], true, "1 of the sub jobs failed although"), ("FAIL", [], true, "error_code and fail_reason"),
            ("PENDING_PAYMENT", [], false, "A person must pay"),
        ] as [(String, [String], Bool, String)]
    )
    func doesNotWaitForWhatDoesNotGoOn(_ status: String, _ sub: [String], _ finished: Bool, _ next: String) async throws {
        let bench = try Bench(job(status, sub: sub))
        let data = try await bench.success("ecs_wait_for_job", ["job_id": "j1"])
        #expect(data["finished"] == .bool(finished))
        #expect(data["next_step"]?.stringValue?.contains(next) == true)
        #expect(bench.cloud.sent.count == 1)
    }

    @Test func reportsProgress() async throws {
        let bench = try Bench(job("INIT"), job("RUNNING", sub: ["SUCCESS", "RUNNING"], total: 3), job("SUCCESS"))
        let sink = ProgressSink()
        try await bench.call("ecs_wait_for_job", ["job_id": "j1"], progress: sink)
        #expect(sink.lines == ["0/30 INIT", "2/30 RUNNING, 1 of 3 sub jobs ended", "5/30 SUCCESS"])
    }

    @Test(
        arguments: [("timeout_seconds", 0), ("timeout_seconds", 51), ("timeout_seconds", .null), ("job_id", "..")] as [(String, JSONValue)]
    )
    func rejectsArgumentsThatBreakTheirRule(_ name: String, _ value: JSONValue) async throws {
        let bench = try Bench()
        var arguments: JSONObject = ["job_id": "j1"]
        arguments[name] = value
        #expect(try await bench.error("ecs_wait_for_job", arguments)["code"] == "INVALID_PARAMS")
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func anUnknownJobIsNotWaitedFor() async throws {
        let bench = try Bench(.http(404, #"{"error":{"code":"Ecs.0116","message":"no job"}}"#))
        #expect(try await bench.error("ecs_wait_for_job", ["job_id": "j1"])["code"] == "Ecs.0116")
    }
}

import AuthCommon
import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// `pipeline_wait_for_run`.
@Suite(.timeLimit(.minutes(1))) struct WaitForRunTests {
    private static let detail = FakeCloud.Answer.ok(#"{"id":"p1","name":"deploy"}"#)

    private func page(_ run: String?, _ status: String = "RUNNING") -> FakeCloud.Answer {
        let latest = run.map { #","latest_run":{"pipeline_run_id":"\#($0)","status":"\#(status)","run_number":7}"# } ?? ""
        return .ok(#"{"total":2,"pipelines":[{"pipeline_id":"p0","latest_run":{"status":"FAILED"}},{"pipeline_id":"p1"\#(latest)}]}"#)
    }

    private func wait(_ bench: Bench, _ more: JSONObject = [:]) async throws -> JSONObject {
        var arguments: JSONObject = ["pipeline_id": "p1"]
        for member in more { arguments[member.key] = member.value }
        return try await bench.success("pipeline_wait_for_run", arguments, as: .readonly)
    }

    @Test func readsTheNameOnceAndTheListUntilTheRunEnds() async throws {
        let bench = try Bench(Self.detail, page("r1"), page("r1"), page("r1", "COMPLETED"))
        let data = try await wait(bench, ["pipeline_run_id": "r1"])
        #expect(data["finished"] == true)
        #expect(data["status"] == "COMPLETED")
        #expect(data["pipeline_run_id"] == "r1")
        #expect(data["waited_seconds"] == 5)
        #expect(data["run"] == ["pipeline_run_id": "r1", "status": "COMPLETED", "run_number": 7])
        #expect(data["next_step"] == "Done.")
        let body = #"{"project_id":"\#(Bench.project)","name":"deploy","offset":0,"limit":100,"is_banned":true}"#
        #expect(
            bench.cloud.sent == [.init("GET", Bench.pipelines("/p1"))]
                + Array(repeating: .init("POST", Bench.pipelines("/list"), body), count: 3)
        )
    }

    @Test func whatGoesOnCanBeWaitedForAgain() async throws {
        let bench = try Bench(Self.detail, page("r1"))
        let data = try await wait(bench, ["timeout_seconds": 1])
        #expect(data["finished"] == false)
        #expect(data["pipeline_run_id"] == "r1")
        #expect(data["next_step"] == "The run goes on. Call pipeline_wait_for_run again with the same arguments.")
    }

    @Test(arguments: [("PAUSED", "waits for a person"), ("SUSPEND", "waits for a person")])
    func doesNotWaitForAPerson(_ status: String, _ next: String) async throws {
        let data = try await wait(try Bench(Self.detail, page("r1", status)))
        #expect(data["finished"] == false)
        #expect(data["waited_seconds"] == 0)
        #expect(data["next_step"]?.stringValue?.contains(next) == true)
    }

    @Test func aRunThatAnotherOneReplacedIsToldAsSuch() async throws {
        let data = try await wait(try Bench(Self.detail, page("r1"), page("r2")))
        #expect(data["finished"] == false)
        #expect(data["pipeline_run_id"] == "r1")
        #expect(data["next_step"]?.stringValue?.hasPrefix("A newer run has taken its place") == true)
    }

    @Test func aRunThatIsNotInSightIsGivenUpSoon() async throws {
        let bench = try Bench(Self.detail, page("r9"), page("r9"), page("r9"), page("r9"))
        let data = try await wait(bench, ["pipeline_run_id": "r1"])
        #expect(data["finished"] == false)
        #expect(data["status"] == .null)
        #expect(data["run"] == [:])
        #expect(data["waited_seconds"] == 10)
    }

    @Test func aPipelineThatNeverRanIsNotWaitedFor() async throws {
        #expect(try await wait(try Bench(Self.detail, page(nil)))["pipeline_run_id"] == .null)
    }

    @Test func aPipelineThatTheListDoesNotShowIsNotFound() async throws {
        let bench = try Bench(Self.detail, .ok(#"{"pipelines":[]}"#))
        #expect(try await bench.error("pipeline_wait_for_run", ["pipeline_id": "p1"])["code"] == "NOT_FOUND")
    }

    @Test func reportsProgress() async throws {
        let bench = try Bench(Self.detail, page("r1"), page("r1", "FAILED"))
        let sink = ProgressSink()
        try await bench.call("pipeline_wait_for_run", ["pipeline_id": "p1", "timeout_seconds": 50], progress: sink)
        #expect(sink.lines == ["0/50 RUNNING", "2/50 FAILED"])
    }
}

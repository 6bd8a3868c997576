import AuthCommon
import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// The confirmation of an update (pipeline.md §5.6, approvals.md §4).
@Suite(.timeLimit(.minutes(1))) struct ConfirmUpdateTests {
    private static let path = Bench.pipelines("/\(Fixtures.id)")
    private static let read = FakeCloud.Sent("GET", path)
    private static let branch: JSONObject = ["pipeline_id": .string(Fixtures.id), "new_default_branch": "main"]
    private static let both: JSONObject = [
        "pipeline_id": .string(Fixtures.id), "new_default_branch": "main", "new_pre_task": .string(Fixtures.manual),
    ]

    /// The body that an update of the fixture sends.
    private static func body(_ arguments: JSONObject, _ detail: String = Fixtures.detail) throws -> String {
        try UpdatePlan(try #require(PipelineChange(arguments)), of: pipeline(detail)).body.text()
    }

    /// The fixture as it is after an update.
    private static func updated(_ arguments: JSONObject, _ detail: String = Fixtures.detail) throws -> String {
        var json = object(detail)
        for member in object(try body(arguments, detail)) { json[member.key] = member.value }
        json["update_time"] = 1_747_000_000_001
        return json.text()
    }

    private func previewed(_ arguments: JSONObject, _ detail: String = Fixtures.detail) async throws -> (Bench, JSONObject) {
        let bench = try Bench(.ok(detail))
        return (bench, try await bench.preview("pipeline_update_info", arguments))
    }

    @Test func readsComparesWritesAndReadsBack() async throws {
        let (bench, confirm) = try await previewed(Self.both)
        bench.cloud.add(
            .ok(Fixtures.detail),
            .ok(#"{"pipeline_id":"\#(Fixtures.id)"}"#, requestID: "req-put"),
            .ok(try Self.updated(Self.both), requestID: "req-back")
        )
        let data = json(try await bench.data("pipeline_confirm_destructive", confirm))
        let write = FakeCloud.Sent("PUT", Self.path, try Self.body(Self.both))
        #expect(bench.cloud.sent == [Self.read, Self.read, write, Self.read])
        #expect(
            data.objectValue?.keys == [
                "pipeline_id", "changes", "definition_hash_before", "definition_hash_after", "raw_response", "verified", "warnings",
            ]
        )
        #expect(data["pipeline_id"] == .string(Fixtures.id))
        #expect(data["changes"]?["default_branch"]?["after"] == "main")
        #expect(data["changes"]?["pre_task"]?["applied_to_count"] == 1)
        #expect(data["definition_hash_before"] == .string(Digest.ofDefinition(Fixtures.definition)))
        #expect(data["raw_response"]?.text() == #"{"pipeline_id":"\#(Fixtures.id)"}"#)
        #expect(data["verified"] == true)
        #expect(data["warnings"] == [])
        // The log names the request that wrote, not the one that looked.
        #expect(bench.log.records("approval-confirmed").first?["request_id"] == "req-put")
        #expect(try await bench.error("pipeline_confirm_destructive", confirm)["code"] == "APPROVAL_NOT_FOUND")
        #expect(bench.cloud.writes == [write])
    }

    @Test func theComponentIsSentInTheQueryWhenThereIsOne() async throws {
        let detail = Fixtures.detail([("component_id", #""comp 1""#)])
        let (bench, confirm) = try await previewed(Self.branch, detail)
        bench.cloud.add(.ok(detail), .ok("{}"), .ok(try Self.updated(Self.branch, detail)))
        let data = json(try await bench.data("pipeline_confirm_destructive", confirm))
        #expect(bench.cloud.writes.map(\.target) == [Self.path + "?component_id=comp%201"])
        #expect(data["raw_response"]?.text() == #"{"pipeline_id":null}"#)
    }

    @Test(arguments: [
        ("update_time", "1747000000001"), ("banned", "true"), ("component_id", #""c""#), ("name", #""renamed""#), ("variables", "[]"),
        ("definition", #""{\"stages\":[]}""#), ("security_level_code", #""L2""#), ("concurrency_control", "{}"),
        ("cancel_strategy", #""x""#),
    ])
    func aPipelineThatChangedSinceThePreviewIsNotWritten(_ name: String, _ value: String) async throws {
        let (bench, confirm) = try await previewed(Self.branch)
        bench.cloud.add(.ok(Fixtures.detail([(name, value)])))
        let error = try await bench.error("pipeline_confirm_destructive", confirm)
        #expect(error["code"] == "CONFLICT_STALE_PREVIEW")
        #expect(error["hint"]?.stringValue?.contains("new preview") == true)
        #expect(bench.cloud.writes.isEmpty)
        #expect(try await bench.error("pipeline_confirm_destructive", confirm)["code"] == "APPROVAL_NOT_FOUND")
    }

    @Test func aChangeOfWhatIsNotWrittenIsNoConflict() async throws {
        let (bench, confirm) = try await previewed(Self.branch)
        let detail = Fixtures.detail([("detail_url", #""moved""#), ("is_collect", "false")])
        bench.cloud.add(.ok(detail), .ok("{}"), .ok(try Self.updated(Self.branch)))
        #expect(json(try await bench.data("pipeline_confirm_destructive", confirm))["verified"] == true)
    }

    @Test func valuesThatDifferWhenReadBackAreWarnedOf() async throws {
        let (bench, confirm) = try await previewed(Self.both)
        bench.cloud.add(.ok(Fixtures.detail), .ok("{}"), .ok(try Self.updated(Self.branch)))
        let data = json(try await bench.data("pipeline_confirm_destructive", confirm))
        #expect(data["verified"] == false)
        #expect(data["warnings"]?.arrayValue?.count == 1)
    }

    @Test(arguments: [FakeCloud.Answer.http(500, "x"), .ok("{}"), .ok("?"), .failure(TransportFailure(.timeout, sent: true))])
    func aFailedLookAfterwardsIsWarnedOf(_ answer: FakeCloud.Answer) async throws {
        let (bench, confirm) = try await previewed(Self.branch)
        bench.cloud.add(.ok(Fixtures.detail), .ok("{}"), answer)
        let data = json(try await bench.data("pipeline_confirm_destructive", confirm))
        #expect(data["verified"] == .null)
        #expect(data["warnings"]?.arrayValue?.count == 1)
    }

    @Test(arguments: [
        FakeCloud.Answer.http(503, "x"), .http(404, #"{"error_code":"DEVPIPE.00011401","error_msg":"m"}"#), .ok("{}"), .ok("no json"),
        .failure(TransportFailure(.timeout, sent: true)), .failure(TransportFailure(.connection, sent: false)),
    ])
    func aFailureBeforeTheWriteIsNoUnknownOutcome(_ answer: FakeCloud.Answer) async throws {
        let (bench, confirm) = try await previewed(Self.branch)
        bench.cloud.add(answer)
        let error = try await bench.error("pipeline_confirm_destructive", confirm)
        #expect(bench.cloud.writes.isEmpty)
        #expect(error["retryable"] == false)
        #expect(error["hint"]?.stringValue?.contains("The approval is used up") == true)
        #expect(error["hint"]?.stringValue?.contains("outcome is unknown") == false)
    }

    @Test(arguments: [
        FakeCloud.Answer.failure(TransportFailure(.timeout, sent: true)), .failure(TransportFailure(.broken, sent: true)), .http(502, "x"),
        .ok(""), .ok("true"), .ok("<html>"),
    ])
    func aWriteWithAnUnknownOutcomeSaysHowToLook(_ answer: FakeCloud.Answer) async throws {
        let (bench, confirm) = try await previewed(Self.branch)
        bench.cloud.add(.ok(Fixtures.detail), answer)
        let error = try await bench.error("pipeline_confirm_destructive", confirm)
        #expect(error["retryable"] == false)
        #expect(error["hint"]?.stringValue?.contains("pipeline_get_detail") == true)
        #expect(bench.cloud.writes.count == 1)
    }

    @Test func a2xxWithAnErrorIsAFailedWrite() async throws {
        let (bench, confirm) = try await previewed(Self.branch)
        bench.cloud.add(.ok(Fixtures.detail), .ok(#"{"error_code":"DEVPIPE.00011416","error_msg":"disabled"}"#))
        let error = try await bench.error("pipeline_confirm_destructive", confirm)
        #expect(error["code"] == "DEVPIPE.00011416")
        #expect(error["status_code"] == 200)
        #expect(error["retryable"] == false)
        #expect(bench.cloud.sent.count == 3)
    }

    @Test(arguments: [Role.readonly, .operator])
    func whoeverLacksTheRoleNowNeitherExecutesNorUsesItUp(_ role: Role) async throws {
        let (bench, confirm) = try await previewed(Self.branch)
        let error = try await bench.error("pipeline_confirm_destructive", confirm, as: role)
        #expect(error["code"] == "FORBIDDEN")
        let needed = role == .readonly ? "operator" : "admin"
        #expect(error["message"] == .string("role-required:\(needed);caller-has:[\(role.rawValue)]"))
        bench.cloud.add(.ok(Fixtures.detail), .ok("{}"), .ok(try Self.updated(Self.branch)))
        _ = try await bench.data("pipeline_confirm_destructive", confirm)
    }

    @Test func anotherSubjectCannotConfirm() async throws {
        let (bench, confirm) = try await previewed(Self.branch)
        let envelope = try await bench.call("pipeline_confirm_destructive", confirm, subject: "eve")
        #expect(envelope["error"]?["code"] == "APPROVAL_NOT_FOUND")
        #expect(bench.cloud.writes.isEmpty)
    }

    @Test func anApprovalExpiresAfterTwoMinutes() async throws {
        let (bench, confirm) = try await previewed(Self.branch)
        bench.clock.advance(by: .seconds(121))
        #expect(try await bench.error("pipeline_confirm_destructive", confirm)["code"] == "APPROVAL_EXPIRED")
        #expect(bench.cloud.writes.isEmpty)
    }

    @Test func ofManySimultaneousConfirmationsOneExecutes() async throws {
        let (bench, confirm) = try await previewed(Self.branch)
        bench.cloud.add(.ok(Fixtures.detail), .ok("{}"), .ok(try Self.updated(Self.branch)))
        let successes = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 { group.addTask { try await bench.call("pipeline_confirm_destructive", confirm)["ok"] == true } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(successes == 1)
        #expect(bench.cloud.writes.count == 1)
    }

    @Test func theRecordHasHashesChangesAndASummaryAndNoContents() async throws {
        let (bench, confirm) = try await previewed(Self.both)
        bench.cloud.add(.ok(Fixtures.detail), .ok("{}", requestID: "req-put"), .ok(try Self.updated(Self.both)))
        _ = try await bench.data("pipeline_confirm_destructive", confirm)
        let record = try #require(bench.log.records("pipeline-update").first)
        #expect(record["tool"] == "pipeline_update_info")
        #expect(record["sub"] == "ada")
        #expect(record["tenant"] == "acme")
        #expect(record["outcome"] == "ok")
        #expect(record["verified"] == "yes")
        #expect(record["request_id"] == "req-put")
        #expect(record["definition_hash_before"] == .string(Digest.ofDefinition(Fixtures.definition)))
        #expect(record["definition_hash_after"]?.stringValue?.count == 12)
        #expect(record["changes"]?["default_branch"]?["before"] == "master")
        #expect(record["definition"]?["stage_count"] == 2)
        #expect(record["definition"]?["stages"]?.arrayValue?.first?["pre_tasks"]?.arrayValue?.first == .string(Fixtures.manual))
        for secret in ["s3cr3t-value", "hook-token", "Hunter2", "latest", "https://git.example"] {
            #expect(!bench.log.text.contains(secret), "\(secret)")
        }
    }

    @Test func aFailedWriteIsRecordedToo() async throws {
        let (bench, confirm) = try await previewed(Self.branch)
        bench.cloud.add(.ok(Fixtures.detail), .http(403, #"{"error_code":"X.9","error_msg":"no"}"#))
        _ = try await bench.error("pipeline_confirm_destructive", confirm)
        let record = try #require(bench.log.records("pipeline-update").first)
        #expect(record["outcome"] == "failed")
        #expect(record["code"] == "X.9")
    }
}

import AuthCommon
import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// `pipeline_update_info`: the preview (pipeline.md §5.1).
@Suite(.timeLimit(.minutes(1))) struct UpdatePipelineInfoTests {
    private static let read = FakeCloud.Sent("GET", Bench.pipelines("/\(Fixtures.id)"))

    private func arguments(_ text: String) -> JSONObject {
        JSONObject(members: [.init(key: "pipeline_id", value: .string(Fixtures.id))] + object(text).members)
    }

    @Test func thePreviewShowsEverythingThatWillHappenAndOnlyReads() async throws {
        let bench = try Bench(.ok(Fixtures.detail))
        let data = try await bench.data(
            "pipeline_update_info",
            arguments(#"{"new_default_branch":"main","new_pre_task":"official_devcloud_manualTrigger"}"#)
        )
        let before = Digest.ofDefinition(Fixtures.definition)
        let after = Digest.ofDefinition(
            try PipelineDefinition(Fixtures.definition).text(withTask: Fixtures.manual, inEntries: [0])
        )
        let own =
            #","expires_in_seconds":120,"warnings":[],"pipeline_id":"\#(Fixtures.id)","pipeline_name":"deploy","project_id":"\#(Bench.project)","#
            + #""changes":{"default_branch":{"source_index":0,"source_alias":"web","before":"master","after":"main"},"pre_task":{"diffs":[{"sequence":0,"#
            + #""before":"official_devcloud_autoTrigger","after":"official_devcloud_manualTrigger"}],"applied_to_count":1}},"#
            + #""definition_hash_before":"\#(before)","definition_hash_after":"\#(after)"}"#
        #expect(
            data.hasPrefix(
                #"{"status":"pending_approval","approval_id":"apr-000000000000feed0000000000000001","action":"update_pipeline","message":"#
            )
        )
        #expect(data.hasSuffix(own), "\(data)")
        #expect(before != after)
        #expect(before.count == 12)
        #expect(bench.cloud.sent == [Self.read])
    }

    @Test func aPipelineWithoutANameIsShownWithNull() async throws {
        let bench = try Bench(.ok(Fixtures.detail([("name", nil)])))
        let data = json(try await bench.data("pipeline_update_info", arguments(#"{"new_default_branch":"main"}"#)))
        #expect(data["pipeline_name"] == .null)
    }

    @Test(arguments: [
        ("[]", #"{"new_default_branch":"b"}"#, "UPSTREAM_INVALID_RESPONSE"),
        ("{}", #"{"new_default_branch":"b"}"#, "UPSTREAM_INVALID_RESPONSE"),
        (Fixtures.detail([("banned", "true")]), #"{"new_default_branch":"b"}"#, "PIPELINE_BANNED"),
        (Fixtures.detail([("definition", nil)]), #"{"new_default_branch":"b"}"#, "DEFINITION_MISSING"),
        (Fixtures.detail([("sources", "[]")]), #"{"new_default_branch":"b"}"#, "NO_SOURCE"),
        (Fixtures.manySources, #"{"new_default_branch":"b"}"#, "SOURCE_ALIAS_REQUIRED"),
        (Fixtures.manySources, #"{"new_default_branch":"b","source_alias":""}"#, "SOURCE_ALIAS_NOT_FOUND"),
        (Fixtures.detail, #"{"new_default_branch":"b","source_alias":""}"#, "SOURCE_ALIAS_NOT_FOUND"),
        (Fixtures.manySources, #"{"new_default_branch":"b","source_alias":"twin"}"#, "SOURCE_ALIAS_AMBIGUOUS"),
        (Fixtures.manySources, #"{"new_default_branch":"b","source_alias":"pkg"}"#, "SOURCE_NOT_GIT"),
        (Fixtures.detail([("definition", #""x""#)]), #"{"new_pre_task":"official_devcloud_autoTrigger"}"#, "DEFINITION_INVALID"),
        (Fixtures.detail, #"{"new_pre_task":"official_devcloud_autoTrigger","pre_sequence":9}"#, "DEFINITION_UPDATE_FAILED"),
        (Fixtures.detail([("variables", #"[{"is_secret":true}]"#)]), #"{"new_default_branch":"b"}"#, "SECRET_VALUE_MASKED"),
        (Fixtures.detail, #"{"new_default_branch":"master"}"#, "NO_EFFECTIVE_CHANGE"),
    ])
    func aFailedCheckIssuesNoApproval(_ detail: String, _ text: String, _ code: String) async throws {
        let bench = try Bench(.ok(detail))
        #expect(try await bench.error("pipeline_update_info", arguments(text))["code"] == .string(code))
        #expect(bench.cloud.sent == [Self.read])
        let confirm = try await bench.error("pipeline_confirm_destructive", ["approval_id": "apr-000000000000feed0000000000000001"])
        #expect(confirm["code"] == "APPROVAL_NOT_FOUND")
    }

    @Test func theAliasIsIgnoredWithoutABranchAndTheSequenceWithoutATask() async throws {
        let bench = try Bench(.ok(Fixtures.detail), .ok(Fixtures.detail))
        _ = try await bench.preview("pipeline_update_info", arguments(#"{"new_default_branch":"b","pre_sequence":9}"#))
        _ = try await bench.preview(
            "pipeline_update_info",
            arguments(#"{"new_pre_task":"official_devcloud_manualTrigger","source_alias":"nope"}"#)
        )
    }

    @Test(arguments: ["x", "", "official_devcloud_checkPoint", "official_devcloud_manualTrigger "])
    func aTaskOutsideTheListHasItsOwnCodeAndDetails(_ task: String) async throws {
        let bench = try Bench()
        let error = try await bench.error("pipeline_update_info", ["pipeline_id": .string(Fixtures.id), "new_pre_task": .string(task)])
        #expect(error["code"] == "INVALID_PRE_TASK")
        #expect(error["details"]?.arrayValue?.map { $0["path"] } == ["new_pre_task"])
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test(arguments: [
        #"{"new_pre_task":"x","pre_sequence":-1}"#, #"{"new_pre_task":"x","extra":1}"#, #"{"new_pre_task":5}"#,
        #"{"new_default_branch":""}"#, #"{"new_default_branch":" \t\n"}"#, #"{"new_default_branch":5}"#,
        #"{"new_default_branch":"b","source_alias":5}"#, #"{"new_default_branch":"b","pre_sequence":"0"}"#,
        #"{"new_default_branch":"b","pre_sequence":0.5}"#,
    ])
    func otherViolationsAreInvalidParameters(_ text: String) async throws {
        let bench = try Bench()
        #expect(try await bench.error("pipeline_update_info", arguments(text))["code"] == "INVALID_PARAMS")
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func aSequenceMayBeWrittenWithAFraction() async throws {
        let bench = try Bench(.ok(Fixtures.detail))
        let text = #"{"new_pre_task":"official_devcloud_manualTrigger","pre_sequence":0.0}"#
        let data = json(try await bench.data("pipeline_update_info", arguments(text)))
        #expect(data["changes"]?["pre_task"]?["applied_to_count"] == 1)
    }

    @Test func aFailedReadIsPassedOn() async throws {
        let bench = try Bench(.ok(#"{"error_code":"DEVPIPE.00011136","error_msg":"other project"}"#))
        let error = try await bench.error("pipeline_update_info", arguments(#"{"new_default_branch":"b"}"#))
        #expect(error["code"] == "DEVPIPE.00011136")
        #expect(error["hint"] != nil)
    }
}

import CloudServer
import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// Changes whose user is asked in the call (consent.md, pipeline.md §6).
@Suite(.timeLimit(.minutes(1))) struct AskedOperationTests {
    private static let path = Bench.pipelines("/\(Fixtures.id)")
    private static let read = FakeCloud.Sent("GET", path)
    private static let disable: JSONObject = ["pipeline_id": .string(Fixtures.id), "status": "disabled"]

    @Test func disablingReadsTheDetailFirstBecauseTheQuestionNamesThePipeline() async throws {
        let bench = try Bench(.ok(Fixtures.detail), .ok(Fixtures.detail), .ok("true"), policy: .automatic)
        let user = TypingUser("Deploy", "deploy")
        let envelope = try await bench.call("pipeline_set_status", Self.disable, user: user)
        #expect(envelope["data"] == ["pipeline_id": .string(Fixtures.id), "status": "disabled", "enabled": false])
        #expect(bench.cloud.sent == [Self.read, Self.read, FakeCloud.Sent("PUT", Self.path + "/ban")])
        #expect(
            user.questions.first == """
                Disable a pipeline: it can be neither run nor changed until it is enabled again
                project: \(Bench.project)

                Target: deploy (id \(Fixtures.id))
                   status: enabled

                To consent, type exactly this: deploy
                Anything else changes nothing. Without an answer within 120 s, nothing is changed.
                """
        )
        #expect(user.questions.count == 2)
    }

    @Test func aPipelineThatGotAnotherNameMeanwhileIsNotDisabled() async throws {
        let renamed = Fixtures.detail([("name", "\"other\"")])
        let bench = try Bench(.ok(Fixtures.detail), .ok(renamed), policy: .automatic)
        let envelope = try await bench.call("pipeline_set_status", Self.disable, user: TypingUser("deploy"))
        #expect(envelope["error"]?["code"] == "CONFLICT_STALE_PREVIEW")
        #expect(bench.cloud.writes.isEmpty)
    }

    @Test func enablingAsksNobodyAndReadsNothing() async throws {
        let bench = try Bench(.ok("true"), policy: .elicit)
        let user = TypingUser()
        let envelope = try await bench.call("pipeline_set_status", ["pipeline_id": .string(Fixtures.id), "status": "enabled"], user: user)
        #expect(envelope["ok"] == true)
        #expect(user.questions.isEmpty)
        #expect(bench.cloud.sent.count == 1)
    }

    @Test func anUpdateShowsWhatChangesAndIsMadeAfterTheName() async throws {
        let arguments: JSONObject = [
            "pipeline_id": .string(Fixtures.id), "new_default_branch": "main", "new_pre_task": .string(Fixtures.manual),
        ]
        let bench = try Bench(
            .ok(Fixtures.detail),
            .ok(Fixtures.detail),
            .ok(Fixtures.detail),
            .ok(#"{"pipeline_id":"\#(Fixtures.id)"}"#),
            .ok(Fixtures.detail),
            policy: .automatic
        )
        let user = TypingUser("deploy")
        let envelope = try await bench.call("pipeline_update_info", arguments, user: user)
        #expect(envelope["data"]?["raw_response"]?["pipeline_id"] == .string(Fixtures.id))
        let question = try #require(user.questions.first)
        for part in ["Change a pipeline", "default branch of source web: master → main", "\(Fixtures.auto) → \(Fixtures.manual)"] {
            #expect(question.contains(part), "\(part)")
        }
        #expect(bench.cloud.writes.count == 1)
    }

    @Test func aPipelineThatChangedMeanwhileIsNotWritten() async throws {
        let changed = Fixtures.detail([("update_time", "1")])
        let bench = try Bench(.ok(Fixtures.detail), .ok(changed), policy: .automatic)
        let arguments: JSONObject = ["pipeline_id": .string(Fixtures.id), "new_default_branch": "main"]
        let envelope = try await bench.call("pipeline_update_info", arguments, user: TypingUser("deploy"))
        #expect(envelope["error"]?["code"] == "CONFLICT_STALE_PREVIEW")
        #expect(bench.cloud.writes.isEmpty)
    }
}

import AuthCommon
import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// `pipeline_set_status` (pipeline.md §6).
@Suite(.timeLimit(.minutes(1))) struct SetPipelineStatusTests {
    private static let enable: JSONObject = ["pipeline_id": .string(Fixtures.id), "status": "enabled"]
    private static let disable: JSONObject = ["pipeline_id": .string(Fixtures.id), "status": "disabled"]
    private static let unban = FakeCloud.Sent("PUT", Bench.pipelines("/\(Fixtures.id)/unban"))
    private static let ban = FakeCloud.Sent("PUT", Bench.pipelines("/\(Fixtures.id)/ban"))
    private static let disabled = #"{"pipeline_id":"\#(Fixtures.id)","status":"disabled","enabled":false}"#

    @Test func enablingRunsAtOnceWithoutABody() async throws {
        let bench = try Bench(.ok("true"))
        #expect(
            try await bench.data("pipeline_set_status", Self.enable)
                == #"{"pipeline_id":"\#(Fixtures.id)","status":"enabled","enabled":true}"#
        )
        #expect(bench.cloud.sent == [Self.unban])
        #expect(bench.cloud.signed.first?.body.isEmpty == true)
    }

    @Test func disablingIsPreviewedWithoutAnyRequest() async throws {
        let bench = try Bench()
        let data = try await bench.data("pipeline_set_status", Self.disable)
        #expect(data.contains(#""action":"disable_pipeline""#))
        #expect(data.hasSuffix(#""warnings":[],"pipeline_id":"\#(Fixtures.id)","project_id":"\#(Bench.project)"}"#), "\(data)")
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test(arguments: ["true", "", "null", "{}", #""true""#])
    func theConfirmationDisables(_ body: String) async throws {
        let bench = try Bench()
        let confirm = try await bench.preview("pipeline_set_status", Self.disable)
        bench.cloud.add(.ok(body))
        #expect(try await bench.data("pipeline_confirm_destructive", confirm) == Self.disabled)
        #expect(bench.cloud.sent == [Self.ban])
        #expect(try await bench.error("pipeline_confirm_destructive", confirm)["code"] == "APPROVAL_NOT_FOUND")
    }

    @Test func theProjectOfThePreviewIsUsed() async throws {
        let bench = try Bench()
        var arguments = Self.disable
        arguments["project_id"] = "other"
        let confirm = try await bench.preview("pipeline_set_status", arguments)
        bench.cloud.add(.ok("true"))
        _ = try await bench.data("pipeline_confirm_destructive", confirm)
        #expect(bench.cloud.sent.map(\.target) == [Bench.pipelines("/\(Fixtures.id)/ban", project: "other")])
    }

    @Test(arguments: ["false", #""false""#])
    func falseIsARefusal(_ body: String) async throws {
        let bench = try Bench(.ok(body))
        let unban = try await bench.error("pipeline_set_status", Self.enable)
        #expect(unban["code"] == "UNBAN_FAILED")
        let confirm = try await bench.preview("pipeline_set_status", Self.disable)
        bench.cloud.add(.ok(body))
        let ban = try await bench.error("pipeline_confirm_destructive", confirm)
        #expect(ban["code"] == "BAN_FAILED")
        for error in [unban, ban] {
            #expect(error["status_code"] == 200)
            #expect(error["request_id"] == "req-1")
            #expect(error["retryable"] == false)
            #expect(error["hint"]?.stringValue?.contains("pipeline_get_detail") == true)
        }
    }

    @Test(arguments: [
        (#"{"error_code":"DEVPIPE.00011401","error_msg":"m"}"#, "DEVPIPE.00011401"), ("<html>", "UPSTREAM_INVALID_RESPONSE"),
        ("1", "UPSTREAM_INVALID_RESPONSE"), ("[true]", "UPSTREAM_INVALID_RESPONSE"),
    ])
    func otherAnswersAreFailures(_ body: String, _ code: String) async throws {
        let bench = try Bench(.ok(body))
        let error = try await bench.error("pipeline_set_status", Self.enable)
        #expect(error["code"] == .string(code))
        #expect(error["retryable"] == false)
        #expect(error["status_code"] == 200)
        let confirm = try await bench.preview("pipeline_set_status", Self.disable)
        bench.cloud.add(.ok(body))
        #expect(try await bench.error("pipeline_confirm_destructive", confirm)["code"] == .string(code))
    }

    @Test func anUnknownOutcomeSaysHowToLook() async throws {
        let bench = try Bench()
        let confirm = try await bench.preview("pipeline_set_status", Self.disable)
        bench.cloud.add(.failure(TransportFailure(.timeout, sent: true)))
        let error = try await bench.error("pipeline_confirm_destructive", confirm)
        #expect(error["code"] == "UPSTREAM_TIMEOUT")
        #expect(error["retryable"] == false)
        #expect(error["hint"]?.stringValue?.contains("`banned`") == true)
    }

    @Test(arguments: [Role.readonly, .operator])
    func whoeverLacksTheRoleNowNeitherExecutesNorUsesItUp(_ role: Role) async throws {
        let bench = try Bench()
        let confirm = try await bench.preview("pipeline_set_status", Self.disable)
        #expect(try await bench.error("pipeline_confirm_destructive", confirm, as: role)["code"] == "FORBIDDEN")
        bench.cloud.add(.ok("true"))
        #expect(try await bench.data("pipeline_confirm_destructive", confirm) == Self.disabled)
    }

    @Test(arguments: ["on", "", "Enabled", .null, true, 1] as [JSONValue])
    func theStatusIsOneOfTwo(_ status: JSONValue) async throws {
        let bench = try Bench()
        let error = try await bench.error("pipeline_set_status", ["pipeline_id": .string(Fixtures.id), "status": status])
        #expect(error["code"] == "INVALID_PARAMS")
        #expect(error["details"]?.arrayValue?.map { $0["path"] } == ["status"])
    }

    @Test func aWriteIsNeverRepeated() async throws {
        let bench = try Bench(.http(503, ""), retries: 2)
        let error = try await bench.error("pipeline_set_status", Self.enable)
        #expect(error["code"] == "503")
        #expect(error["retryable"] == false)
        #expect(bench.cloud.sent.count == 1)
    }
}

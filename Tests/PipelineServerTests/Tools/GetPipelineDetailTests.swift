import AuthCommon
import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// `pipeline_get_detail` (pipeline.md §3).
@Suite(.timeLimit(.minutes(1))) struct GetPipelineDetailTests {
    private static let arguments: JSONObject = ["pipeline_id": .string(Fixtures.id)]

    @Test func readsOnePipeline() async throws {
        let bench = try Bench(.ok(Fixtures.detail))
        let data = try await bench.data("pipeline_get_detail", Self.arguments, as: .readonly)
        #expect(data == FullPipeline.json(pipeline(Fixtures.detail)).text())
        #expect(bench.cloud.sent == [.init("GET", Bench.pipelines("/\(Fixtures.id)"))])
    }

    @Test func aMalformedDefinitionDoesNotFailTheTool() async throws {
        let bench = try Bench(.ok(Fixtures.detail([("definition", #""version: 1""#)])))
        let data = json(try await bench.data("pipeline_get_detail", Self.arguments))
        #expect(data["definition"] == nil)
        #expect(data["definition_parse_error"]?.stringValue?.contains("not JSON") == true)
        #expect(data["name"] == "deploy")
    }

    @Test func anEmptyObjectIsSenseless() async throws {
        let bench = try Bench(.ok("{}"))
        #expect(try await bench.error("pipeline_get_detail", Self.arguments)["code"] == "UPSTREAM_INVALID_RESPONSE")
    }

    @Test func a2xxWithAnErrorIsAFailure() async throws {
        let bench = try Bench(.ok(#"{"error_code":"DEVPIPE.00011401","error_msg":"no such pipeline"}"#))
        let error = try await bench.error("pipeline_get_detail", Self.arguments)
        #expect(error["code"] == "DEVPIPE.00011401")
        #expect(error["hint"] != nil)
        #expect(error["retryable"] == false)
    }

    @Test func theIdIsRequired() async throws {
        let bench = try Bench()
        for arguments in [[:], ["pipeline_id": .null], ["pipeline_id": 5]] as [JSONObject] {
            #expect(try await bench.error("pipeline_get_detail", arguments)["code"] == "INVALID_PARAMS")
        }
    }

    @Test func duplicateMembersOfTheAnswerAreForgiven() async throws {
        let bench = try Bench(.ok(#"{"id":"a","name":"x","name":"y","definition":"{}"}"#))
        #expect(try await bench.data("pipeline_get_detail", Self.arguments) == #"{"id":"a","name":"y"}"#)
    }
}

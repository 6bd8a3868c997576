import AuthCommon
import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// `pipeline_run` (pipeline.md §4).
@Suite(.timeLimit(.minutes(1))) struct RunPipelineTests {
    private static let run = Bench.pipelines("/\(Fixtures.id)/run")
    private static let read = FakeCloud.Sent("GET", Bench.pipelines("/\(Fixtures.id)"))

    private func arguments(_ text: String = "{}") -> JSONObject {
        JSONObject(members: [.init(key: "pipeline_id", value: .string(Fixtures.id))] + object(text).members)
    }

    @Test func withoutAnythingTheBodyIsAnEmptyObjectAndNothingIsRead() async throws {
        let bench = try Bench(.ok(#"{"pipeline_run_id":"r1"}"#))
        #expect(try await bench.data("pipeline_run", arguments(), as: .operator) == #"{"pipeline_run_id":"r1"}"#)
        #expect(bench.cloud.sent == [.init("POST", Self.run, "{}")])
    }

    @Test func nullsAreNotSentAndEmptyListsAre() async throws {
        let bench = try Bench(.ok(#"{"pipeline_run_id":"r1"}"#), .ok(#"{"pipeline_run_id":"r1"}"#))
        let nulls = #"{"sources":null,"variables":null,"description":null,"choose_jobs":null,"choose_stages":null}"#
        _ = try await bench.data("pipeline_run", arguments(nulls))
        _ = try await bench.data("pipeline_run", arguments(#"{"choose_stages":[],"choose_jobs":[],"variables":[],"sources":[]}"#))
        #expect(
            bench.cloud.sent == [
                .init("POST", Self.run, "{}"),
                .init("POST", Self.run, #"{"sources":[],"variables":[],"choose_jobs":[],"choose_stages":[]}"#),
            ]
        )
    }

    @Test func everythingGivenIsSentInOrder() async throws {
        let bench = try Bench(.ok(Fixtures.detail), .ok(#"{"pipeline_run_id":"r1"}"#))
        _ = try await bench.data(
            "pipeline_run",
            arguments(
                #"{"choose_stages":["s"],"choose_jobs":["j"],"variables":[{"value":"","name":"A"},{"name":"B","value":"1"}],"description":"why","sources":[{"params":{"default_branch":"feature"}}]}"#
            )
        )
        let source =
            #"{"type":"code","params":{"git_type":"codehub","alias":"web","codehub_id":"2111","default_branch":"feature","git_url":"https://git.example/web.git","build_params":{"build_type":"branch","event_type":"Manual","target_branch":"feature"}}}"#
        #expect(
            bench.cloud.sent == [
                Self.read,
                .init(
                    "POST",
                    Self.run,
                    #"{"sources":[\#(source)],"description":"why","variables":[{"name":"A","value":""},{"name":"B","value":"1"}],"choose_jobs":["j"],"choose_stages":["s"]}"#
                ),
            ]
        )
    }

    @Test(arguments: [
        (#"{"sources":[{"params":{"alias":"nope"}}]}"#, "SOURCE_ALIAS_NOT_FOUND"), (#"{"sources":[{}]}"#, "SOURCE_ALIAS_REQUIRED"),
        (#"{"sources":[{"params":{"alias":"twin"}}]}"#, "SOURCE_ALIAS_AMBIGUOUS"),
        (#"{"sources":[{"params":{"alias":"web"}},{"params":{"alias":"pkg"}}]}"#, "SOURCE_NOT_GIT"),
    ])
    func nothingIsRunWhenASourceCannotBeMatched(_ text: String, _ code: String) async throws {
        let bench = try Bench(.ok(Fixtures.manySources))
        #expect(try await bench.error("pipeline_run", arguments(text))["code"] == .string(code))
        #expect(bench.cloud.sent == [Self.read])
    }

    @Test func nothingIsRunWhenThePipelineHasNoSources() async throws {
        let bench = try Bench(.ok(#"{"id":"p","sources":[]}"#))
        #expect(try await bench.error("pipeline_run", arguments(#"{"sources":[{}]}"#))["code"] == "NO_SOURCE")
        #expect(bench.cloud.writes.isEmpty)
    }

    @Test(arguments: [FakeCloud.Answer.http(500, "x"), .ok("{}"), .ok(#"{"error_code":"DEVPIPE.00011401","error_msg":"m"}"#), .ok("[]")])
    func nothingIsRunWhenReadingTheDetailFails(_ answer: FakeCloud.Answer) async throws {
        let bench = try Bench(answer)
        _ = try await bench.error("pipeline_run", arguments(#"{"sources":[{}]}"#))
        #expect(bench.cloud.sent == [Self.read])
    }

    @Test(arguments: [
        (#"{"sources":[{"params":{"commit_id":"c"}}]}"#, "sources[0].params.commit_id"),
        (#"{"sources":[{"params":{"build_params":{"commit_id":"c"}}}]}"#, "sources[0].params.build_params.commit_id"),
        (#"{"sources":[{"parms":{}}]}"#, "sources[0].parms"), (#"{"sources":[{"params":{"git_url":5}}]}"#, "sources[0].params.git_url"),
        (#"{"sources":{}}"#, "sources"), (#"{"sources":[null]}"#, "sources[0]"), (#"{"variables":[{"name":"A"}]}"#, "variables[0].value"),
        (#"{"variables":[{"name":"","value":"x"}]}"#, "variables[0].name"),
        (#"{"variables":[{"name":"A","value":1}]}"#, "variables[0].value"),
        (#"{"variables":[{"name":"A","value":null}]}"#, "variables[0].value"), (#"{"variables":{"A":"x"}}"#, "variables"),
        (#"{"variables":[{"name":"A","value":"x","is_secret":true}]}"#, "variables[0].is_secret"), (#"{"choose_jobs":"j"}"#, "choose_jobs"),
        (#"{"choose_stages":[1]}"#, "choose_stages[0]"), (#"{"commit_id":"c"}"#, "commit_id"),
    ])
    func rejectsArgumentsThatBreakTheirRule(_ text: String, _ path: String) async throws {
        let bench = try Bench()
        let error = try await bench.error("pipeline_run", arguments(text))
        #expect(error["code"] == "INVALID_PARAMS")
        #expect(error["details"]?.arrayValue?.map { $0["path"] } == [.string(path)])
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func textsHaveTheirBounds() async throws {
        let bench = try Bench(.ok(#"{"pipeline_run_id":"r"}"#))
        let fits: JSONObject = [
            "pipeline_id": .string(Fixtures.id), "description": .string(String(repeating: "é", count: 1_024)),
            "variables": [["name": "A", "value": .string(String(repeating: "é", count: 8_192))]],
        ]
        _ = try await bench.data("pipeline_run", fits)
        var long = fits
        long["description"] = .string(String(repeating: "x", count: 1_025))
        #expect(try await bench.error("pipeline_run", long)["code"] == "INVALID_PARAMS")
        long = fits
        long["variables"] = [["name": "A", "value": .string(String(repeating: "x", count: 8_193))]]
        #expect(try await bench.error("pipeline_run", long)["code"] == "INVALID_PARAMS")
    }

    @Test(arguments: [
        (#"{}"#, "UPSTREAM_INVALID_RESPONSE"), (#"{"pipeline_run_id":null}"#, "UPSTREAM_INVALID_RESPONSE"),
        (#"{"pipeline_run_id":""}"#, "UPSTREAM_INVALID_RESPONSE"), (#"{"pipeline_run_id":{}}"#, "UPSTREAM_INVALID_RESPONSE"),
        (#"{"error_msg":"alone"}"#, "UPSTREAM_INVALID_RESPONSE"), ("", "UPSTREAM_INVALID_RESPONSE"), ("true", "UPSTREAM_INVALID_RESPONSE"),
        ("<html>", "UPSTREAM_INVALID_RESPONSE"), (#"{"error_code":"DEVPIPE.00011104","error_msg":"limit"}"#, "DEVPIPE.00011104"),
        (#"{"pipeline_run_id":"r","error_code":"X.1","error_msg":"m"}"#, "X.1"),
        (#"{"error":{"message":"m"}}"#, "UPSTREAM_INVALID_RESPONSE"),
    ])
    func anAnswerWithoutARunIsAFailureThatIsNotRetryable(_ body: String, _ code: String) async throws {
        let bench = try Bench(.ok(body))
        let error = try await bench.error("pipeline_run", arguments())
        #expect(error["code"] == .string(code))
        #expect(error["retryable"] == false)
        #expect(error["status_code"] == 200)
        #expect(error["request_id"] == "req-1")
        if code != "X.1" { #expect(error["hint"] != nil) }
    }

    @Test func aLoneMessageBesideARunIsAWarning() async throws {
        let bench = try Bench(
            .ok(#"{"pipeline_run_id":7,"error_msg":"queued\nbehind others"}"#),
            .ok(#"{"pipeline_run_id":"r","error_msg":""}"#)
        )
        #expect(
            try await bench.data("pipeline_run", arguments()) == #"{"pipeline_run_id":"7","warnings":["queued behind others"]}"#
        )
        #expect(try await bench.data("pipeline_run", arguments()) == #"{"pipeline_run_id":"r"}"#)
    }

    @Test func aRunIsNeverRepeated() async throws {
        let bench = try Bench(.failure(TransportFailure(.timeout, sent: true)), .http(503, ""), retries: 2)
        let timeout = try await bench.error("pipeline_run", arguments())
        #expect(timeout["code"] == "UPSTREAM_TIMEOUT")
        #expect(timeout["retryable"] == false)
        #expect(timeout["hint"] != nil)
        #expect(try await bench.error("pipeline_run", arguments())["retryable"] == false)
        #expect(bench.cloud.sent.count == 2)
    }

    @Test func theLogHasNoVariableValues() async throws {
        let bench = try Bench(.ok(#"{"pipeline_run_id":"r"}"#))
        _ = try await bench.data("pipeline_run", arguments(#"{"variables":[{"name":"A","value":"hush-hush"}]}"#))
        #expect(bench.log.records("tool-ok").first?["params"]?["variables"] == "<list len=1>")
        #expect(!bench.log.text.contains("hush-hush"))
    }
}

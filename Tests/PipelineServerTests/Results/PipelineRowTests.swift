import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// A pipeline as a row of a list (pipeline.md §2).
@Suite struct PipelineRowTests {
    private func row(_ text: String) -> String { PipelineRow.json(object(text)).text() }

    @Test func aRowHasItsMembersInOrderAndNoOthers() {
        let text = """
            {"pipeline_id":"p1","id":"other","name":"n","project_id":"x","project_name":"x","component_id":"c","is_publish":false,"is_collect":true,
             "manifest_version":"3.0","create_time":1746000000000,"convert_sign":0,"security_level":"L1","banned":true,"description":"d","tag_list":[],
             "latest_run":{"pipeline_id":"p1","pipeline_run_id":"r1","executor_id":"u","executor_name":"anna","status":"RUNNING","run_number":7,
               "trigger_type":"Manual","stage_status_list":[{"id":"s","name":"Build","sequence":1,"status":"COMPLETED","start_time":"2026-01-10 08:00:00",
               "end_time":"2026-01-10 08:01:00"}],"build_params":{"target_branch":"main","commit_id":"abc","codehub_id":"1"},"artifact_params":{},
               "start_time":1746000000001,"end_time":null,"modify_url":"x","detail_url":"https://d.example"}}
            """
        #expect(
            row(text)
                == #"{"pipeline_id":"p1","name":"n","description":"d","is_publish":false,"is_collect":true,"banned":true,"manifest_version":"3.0","create_time":1746000000000,"latest_run":{"pipeline_run_id":"r1","status":"RUNNING","trigger_type":"Manual","executor_name":"anna","run_number":7,"start_time":1746000000001,"target_branch":"main","commit_id":"abc","stage_status_list":[{"name":"Build","status":"COMPLETED","start_time":"2026-01-10 08:00:00","end_time":"2026-01-10 08:01:00"}],"detail_url":"https://d.example"}}"#
        )
    }

    @Test(arguments: [
        (#"{"pipeline_id":null,"id":"i"}"#, #"{"pipeline_id":"i"}"#), (#"{"pipeline_id":"","id":"i"}"#, #"{"pipeline_id":"i"}"#),
        (#"{"pipeline_id":"p","id":"i"}"#, #"{"pipeline_id":"p"}"#), (#"{"id":7}"#, #"{"pipeline_id":"7"}"#),
    ])
    func theIdIsTakenFromIdWithoutAPipelineId(_ text: String, _ expected: String) { #expect(row(text) == expected) }

    @Test func everyObjectIsPrunedAndZeroAndFalseStay() {
        #expect(row("{}") == "{}")
        #expect(row(#"{"name":"","description":null,"latest_run":{}}"#) == "{}")
        #expect(row(#"{"latest_run":{"build_params":null,"stage_status_list":[],"detail_url":""}}"#) == "{}")
        #expect(
            row(#"{"banned":false,"create_time":0,"latest_run":{"run_number":0,"stage_status_list":[{"name":"","status":"x"}]}}"#)
                == #"{"banned":false,"create_time":0,"latest_run":{"run_number":0,"stage_status_list":[{"status":"x"}]}}"#
        )
    }

    @Test func badFieldsAreLeftOutAndNeverFailTheRow() {
        #expect(
            row(
                #"{"name":{"a":1},"banned":"maybe","create_time":"soon","is_publish":"TRUE","is_collect":1,"latest_run":[1],"description":5}"#
            )
                == #"{"description":"5","is_publish":true}"#
        )
        #expect(
            row(
                #"{"latest_run":{"start_time":"1746000000001","run_number":"x","stage_status_list":{"name":"S","start_time":5},"build_params":"x"}}"#
            )
                == #"{"latest_run":{"start_time":1746000000001,"stage_status_list":[{"name":"S","start_time":"5"}]}}"#
        )
    }
}

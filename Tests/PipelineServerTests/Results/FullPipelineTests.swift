import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// A pipeline in full (pipeline.md §3).
@Suite struct FullPipelineTests {
    private func full(_ text: String) -> JSONObject { FullPipeline.json(pipeline(text)) }

    @Test func theResultHasItsMembersInOrderAndNoOthers() {
        let head =
            #"{"id":"\#(Fixtures.id)","name":"deploy","description":"builds and deploys","is_publish":false,"banned":false,"manifest_version":"3.0","#
            + #""create_time":1746000000000,"update_time":1747000000000,"creator_id":"u1","creator_name":"anna","group_id":"g1","project_id":"\#(Bench.project)","#
        let sources =
            #""sources":[{"type":"code","params":{"git_type":"codehub","alias":"web","default_branch":"master","git_url":"https://git.example/web.git","#
            + #""ssh_git_url":"git@git.example:web.git","web_url":"https://git.example/web","repo_name":"web","codehub_id":"2111"}}],"#
        let variables =
            #""variables":[{"name":"TAG","type":"string","value":"latest","is_secret":false,"is_runtime":true},"#
            + #"{"name":"TOKEN","type":"string","value":"***","is_secret":true,"is_runtime":false,"description":"of the cluster"}],"#
        let schedules =
            #""schedules":[{"uuid":"s1","name":"nightly","type":"fixed","enable":true,"days_of_week":[2,3],"time_zone":"China Standard Time","#
            + #""start_time":"02:00:00","end_time":"03:00:00"}],"#
        let triggers =
            #""triggers":[{"git_type":"codehub","git_url":"https://git.example/web.git","events":[{"type":"push","enable":true},"#
            + #"{"type":"merge_request","enable":false}],"is_auto_commit":true,"callback_url":"https://cb.example/9","hook_id":"9"}],"#
        let rest =
            #""concurrency_control":{"concurrency_number":3,"exceed_action":"QUEUE","enable":false,"create_time":null},"variable_group_ids":["vg1",2],"#
        let text = full(Fixtures.detail).text()
        #expect(text.hasPrefix(head + sources + variables + schedules + triggers + rest + #""definition":{"stages":["#), "\(text)")
        #expect(text.hasSuffix(#""registry_password":"***MASKED***","url":"https://x"}}"#), "\(text)")
    }

    @Test func secretsNeverReachTheResult() {
        let text = full(Fixtures.detail).text()
        for secret in ["s3cr3t-value", "hook-token", "Hunter2", "security_token", "repo_id", "future_member"] {
            #expect(!text.contains(secret), "\(secret)")
        }
    }

    @Test(
        arguments: [
            (#""is_secret":true,"value":"v""#, "***"), (#""is_secret":"TRUE","value":"v""#, "***"), (#""is_secret":1,"value":"v""#, "***"),
            (#""is_secret":"yes","value":"v""#, "***"), (#""is_secret":true,"value":0"#, "***"),
            (#""is_secret":true,"value":{"a":1}"#, "***"),
            (#""is_secret":true,"value":"""#, nil), (#""is_secret":true,"value":null"#, nil), (#""is_secret":true"#, nil),
            (#""is_secret":false,"value":"v""#, "v"), (#""is_secret":"false","value":"v""#, "v"), (#""is_secret":null,"value":"v""#, "v"),
            (#""value":5.0"#, "5.0"), (#""value":{"a":1}"#, nil),
        ] as [(String, String?)]
    )
    func theValueOfASecretIsMaskedWhenThereIsOne(_ members: String, _ value: String?) {
        let variables = full(#"{"id":"p","variables":[{"name":"N",\#(members)}]}"#)["variables"]?.arrayValue
        #expect(variables?.first?["value"]?.stringValue == value)
        #expect(variables?.first?["name"] == "N")
    }

    @Test(arguments: [
        (#""not json""#, "not JSON"), (#""[1]""#, "kind array"), (#""{\"a\":1,}""#, "not JSON"), (#""""#, "no definition"),
        ("null", "no definition"), ("{}", "no definition"), (#""null""#, "kind null"),
    ])
    func aDefinitionThatIsNotTheTextOfAnObjectIsExplained(_ definition: String, _ reason: String) {
        let result = full(#"{"id":"p","definition":\#(definition)}"#)
        #expect(result["definition"] == nil)
        #expect(result["definition_parse_error"]?.stringValue?.contains(reason) == true, "\(result.text())")
    }

    @Test func aMissingDefinitionIsExplainedToo() { #expect(full(#"{"id":"p"}"#)["definition_parse_error"] != nil) }

    @Test func theDefinitionIsNotPrunedInside() {
        let result = full(#"{"id":"p","definition":"{\"a\":null,\"b\":[],\"c\":{\"d\":\"\"},\"n\":1.50}"}"#)
        #expect(result["definition"]?.text() == #"{"a":null,"b":[],"c":{"d":""},"n":1.50}"#)
        #expect(result["definition_parse_error"] == nil)
    }

    @Test func theDefinitionIsMaskedInNameValuePairsAndInStringsOfJSON() {
        let definition = #"{"inputs":[{"key":"registry_password","value":"Hunter2"}],"resource":"{\"apiKey\":\"Hunter2\"}"}"#
        let result = full(#"{"id":"p","definition":\#(JSONValue.string(definition).text())}"#)
        #expect(!result.text().contains("Hunter2"))
        #expect(result["definition"]?["inputs"]?.arrayValue?.first?["key"] == "registry_password")
    }

    @Test func whatIsMissingOrOfAnotherKindIsLeftOut() {
        let text =
            #"{"id":7,"name":null,"create_time":"x","sources":{"type":"code","params":"x"},"variables":[1,{"name":"A"}],"schedules":"x","triggers":[{"events":null,"security_token":"t"}],"concurrency_control":{},"variable_group_ids":[]}"#
        var result = full(text)
        result["definition_parse_error"] = nil
        #expect(result.text() == #"{"id":"7","sources":[{"type":"code"}],"variables":[{"name":"A"}],"triggers":[{}]}"#)
    }

    @Test func timesMayBeTexts() {
        let result = full(#"{"id":"p","create_time":"1746000000000","update_time":1747000000000.0}"#)
        #expect(result["create_time"] == .int(1_746_000_000_000))
        #expect(result["update_time"] == .int(1_747_000_000_000))
    }
}

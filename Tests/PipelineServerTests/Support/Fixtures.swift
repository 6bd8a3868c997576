import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// Ids, pipelines and JSON for the tests.
enum Fixtures {
    static let id = "5c1e0000000000000000000000000001"
    static let auto = "official_devcloud_autoTrigger"
    static let manual = "official_devcloud_manualTrigger"

    /// A definition with odd white space, escapes, numbers and a repeated name, all of which an edit must keep.
    static let definition =
        #"{ "stages" : [ {"name":"Build","sequence":0.0,"pre":[{"runtime_attribution":null,"task":"official_devcloud_autoTrigger","sequence":0},"#
        + #"{"task":"official_devcloud_checkPoint","sequence":1.50,"inputs":{"k":1e2,"k":2}}],"jobs":[{"id":"JOB_1"},{"id":"JOB_2"}]},"#
        + "\n\t"
        + #"{"name":"D\u00e9ploy","pre":[{"task":"official_devcloud_autoTrigger","sequence":"0"}],"jobs":[]} ],"x":12345678901234567890.10,"#
        + #""registry_password":"Hunter2","url":"https:\/\/x"}"#

    /// One pipeline with a single source and everything that a tool reads, writes or must not show.
    static let detail = detail()

    /// A pipeline.
    ///
    /// - Parameters:
    ///   - changes: Members to replace, as JSON texts; nil removes one.
    static func detail(_ changes: [(String, String?)] = []) -> String {
        var object = object(
            """
            {"id":"\(id)","name":"deploy","description":"builds and deploys","manifest_version":"3.0","region":"af-south-1","domain_id":"dom",
             "project_id":"\(Bench.project)","component_id":"","is_publish":false,"creator_id":"u1","creator_name":"anna","updater_id":"u2",
             "create_time":1746000000000,"update_time":1747000000000,"is_collect":true,
             "sources":[{"type":"code","extra":[1.0,{}],"params":{"alias":"web","git_type":"codehub","codehub_id":"2111","endpoint_id":"",
               "default_branch":"master","git_url":"https://git.example/web.git","ssh_git_url":"git@git.example:web.git",
               "web_url":"https://git.example/web","repo_name":"web","artifact_type":null,"unknown":{"deep":[1e3]}}}],
             "variables":[{"name":"TAG","sequence":1,"type":"string","value":"latest","is_secret":false,"description":"","is_runtime":true,"limits":[]},
               {"name":"TOKEN","sequence":2,"type":"string","value":"s3cr3t-value","is_secret":true,"description":"of the cluster","is_runtime":false}],
             "schedules":[{"uuid":"s1","type":"fixed","name":"nightly","enable":true,"days_of_week":[2,"3"],"time_zone":"China Standard Time",
               "start_time":"02:00:00","end_time":"03:00:00","interval_time":null,"interval_unit":null}],
             "triggers":[{"pipeline_id":"p","git_url":"https://git.example/web.git","git_type":"codehub","is_auto_commit":true,
               "events":[{"type":"push","enable":true},{"type":"merge_request","enable":"false"}],"hook_id":"9","repo_id":"77","endpoint_id":"",
               "callback_url":"https://cb.example/9","security_token":"hook-token"}],
             "group_id":"g1","definition":\(JSONValue.string(definition).text()),"security_level":null,"origin_id":"o",
             "disable_release_branch_management":false,"deleted":false,"banned":false,"from_git_code":false,"agency_name":"","execution_plans":[],
             "project_name":"demo","group_name":"all","concurrency_control":{"concurrency_number":3,"exceed_action":"QUEUE","enable":false,"create_time":null},
             "cancel_strategy":null,"tag_ids":[],"security_level_code":"L1","detail_url":"https://console.example","variable_group_ids":["vg1",2],
             "future_member":{"kept":"no"}}
            """
        )
        for (name, value) in changes { object[name] = value.map { json($0) } }
        return object.text()
    }

    /// A pipeline with two code sources, an artifact source and another with a repeated alias.
    static let manySources = detail([
        (
            "sources",
            #"""
            [{"type":"code","params":{"alias":"web","git_type":"codehub","default_branch":"master","git_url":"https://git.example/web.git"}},
             {"type":"code","params":{"alias":"api","git_type":"github","default_branch":"main","endpoint_id":"ep","git_url":"https://gh.example/api.git"}},
             {"type":"artifact","params":{"alias":"pkg"}},
             {"type":"code","params":{"alias":"twin","git_type":"gitee"}},{"type":"code","params":{"alias":"twin","git_type":"gitee"}},
             {"type":"code","params":{"git_type":"gitlab","default_branch":"dev"}}]
            """#
        )
    ])

    /// A definition whose first stage has these entries.
    static func definition(pre: String) -> String { #"{"stages":[{"pre":\#(pre)}]}"# }
}

/// A pipeline from the text of its detail.
func pipeline(_ text: String) -> PipelineDetail { PipelineDetail(json: object(text)) }

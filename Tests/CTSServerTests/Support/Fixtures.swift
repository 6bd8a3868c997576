import JSONRPC
import TestSupport
import Testing

@testable import CTSServer

/// Zones, rows and JSON for the tests.
enum Fixtures {
    static let utc = TimeZoneRules(initialOffset: 0, transitions: [], rule: nil)
    static let shanghai = TimeZoneRules(initialOffset: 28_800, transitions: [], rule: nil)
    /// New York by the rule that holds since 2007.
    static let newYork = TimeZoneRules(initialOffset: -18_000, transitions: [], rule: rule("EST5EDT,M3.2.0,M11.1.0"))

    static func rule(_ footer: String, sourceLocation: SourceLocation = #_sourceLocation) -> ZoneRule? {
        let rule = ZoneRuleParser.parse(footer.utf8)
        #expect(rule != nil, "no rule: \(footer)", sourceLocation: sourceLocation)
        return rule
    }

    /// A trace as the API describes it, with everything, also what no tool may return.
    static let full = #"""
        {"trace_id":"t-1","trace_name":"createServer","trace_rating":"warning","trace_type":"ApiCall",
         "request":"{\"server\":{\"name\":\"web\",\"adminPass\":\"hunter2\"}}","response":"{\"job_id\":\"j-1\"}","code":202,
         "api_version":"v1.1","message":"ok token=t0ps3cret","record_time":1768464931999,"time":1768464930999,
         "user":{"id":"u-1","name":"ada","user_name":"ada@acme","domain":{"id":"d-1","name":"acme"},"account_id":"a-1","access_key_id":"AKIDEXAMPLE",
           "principal_urn":"iam::d-1:user:ada","principal_id":"secret-principal","principal_is_root_user":"false","type":"User",
           "invoked_by":["service.CTS"],"session_context":{"attributes":{"mfa_authenticated":"false"}}},
         "service_type":"ECS","resource_type":"ecs","resource_name":"web password=hunter2","resource_id":"r-1","source_ip":"10.0.0.1",
         "request_id":"req-9","location_info":"secret-location","endpoint":"ecs?token=t0ps3cret","resource_url":"https://h/?sk=t0ps3cret&x=1",
         "enterprise_project_id":"0","resource_account_id":"secret-account","read_only":false,"operation_id":"secret-operation","unknown":[1]}
        """#

    /// A row with an id only.
    static func row(_ id: String) -> String { "{\"trace_id\":\"\(id)\"}" }

    /// The body of an answer.
    static func page(_ rows: [String], marker: String? = nil) -> String {
        let marker = marker.map { "\"\($0)\"" } ?? "null"
        return "{\"traces\":[\(rows.joined(separator: ","))],\"meta_data\":{\"count\":\(rows.count),\"marker\":\(marker)}}"
    }

    /// A trace from the text of its row.
    static func trace(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> Trace {
        Trace(json(text, sourceLocation: sourceLocation))
    }
}

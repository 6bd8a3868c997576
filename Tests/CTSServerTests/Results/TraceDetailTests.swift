import JSONRPC
import TestSupport
import Testing

@testable import CTSServer

/// A trace with everything that is returned of it (cts.md §2).
@Suite struct TraceDetailTests {
    private func detail(_ row: String) -> JSONObject { TraceDetail.json(Fixtures.trace(row), zone: Fixtures.shanghai) }

    private static let flags = #""request_truncated":false,"response_truncated":false"#

    @Test func theDetailHasItsMembersInOrder() {
        let expected =
            #"{"trace_id":"t-1","trace_name":"createServer","trace_rating":"warning","trace_type":"ApiCall","time":"2026-01-15 16:15:30 +0800","#
            + #""record_time":"2026-01-15 16:15:31 +0800","service_type":"ECS","resource_type":"ecs","resource_name":"web password=***MASKED***","#
            + #""resource_id":"r-1","user":{"id":"u-1","name":"ada","user_name":"ada@acme","domain_name":"acme","domain_id":"d-1","account_id":"a-1","#
            + #""access_key_id":"AKIDEXAMPLE","principal_urn":"iam::d-1:user:ada","type":"User"},"source_ip":"10.0.0.1","code":"202","#
            + #""message":"ok token=***MASKED***","api_version":"v1.1","endpoint":"ecs?token=***MASKED***","resource_url":"https://h/?sk=***MASKED***&x=1","#
            + #""request_id":"req-9","enterprise_project_id":"0","read_only":false,"#
            + #""request":"{\"server\": {\"name\": \"web\", \"adminPass\": \"***MASKED***\"}}","response":"{\"job_id\": \"j-1\"}","#
            + Self.flags + "}"
        #expect(detail(Fixtures.full).text() == expected)
    }

    @Test func someMembersAreNeverReturned() {
        let text = detail(Fixtures.full).text()
        for secret in [
            "secret-", "location_info", "resource_account_id", "operation_id", "principal_id", "is_root", "invoked_by", "session_context",
            "hunter2", "t0ps3cret",
        ] {
            #expect(!text.contains(secret), "\(secret)")
        }
    }

    @Test(arguments: ["{}", "null", #"{"user":"ada","request":"","message":null,"read_only":"maybe","record_time":[]}"#])
    func onlyTheFlagsAreAlwaysThere(_ row: String) { #expect(detail(row).text() == "{" + Self.flags + "}") }

    @Test(arguments: [
        (#"{"read_only":false}"#, #""read_only":false,"#), (#"{"read_only":"TRUE"}"#, #""read_only":true,"#),
        (#"{"time":0}"#, #""time":"1970-01-01 08:00:00 +0800","#),
        (#"{"record_time":0}"#, #""record_time":"1970-01-01 08:00:00 +0800","#), (#"{"code":200}"#, #""code":"200","#),
        (#"{"code":"200"}"#, #""code":"200","#),
    ])
    func zeroAndFalseAreKeptAndTheCodeIsText(_ row: String, _ member: String) {
        #expect(detail(row).text() == "{" + member + Self.flags + "}")
    }

    @Test(arguments: [
        ("null", nil), (#""ada""#, nil), ("{}", nil), (#"{"principal_id":"p","session_context":{}}"#, nil), (#"{"domain":"d"}"#, nil),
        (#"{"domain":{"name":"d","id":null}}"#, #"{"domain_name":"d"}"#),
        (#"{"id":1,"name":"","type":"User"}"#, #"{"id":"1","type":"User"}"#),
    ])
    func theUserIsPrunedInsideAndDroppedWhenEmpty(_ user: String, _ expected: String?) {
        #expect(detail("{\"user\":\(user)}")["user"]?.text() == expected)
    }

    @Test(arguments: ["request", "response"])
    func aBodyIsCutToFiveThousandScalarsAndSaysSo(_ field: String) {
        let exact = detail(JSONValue.object(["trace_id": "t-9", field: .string(String(repeating: "中", count: 5_000))]).text())
        #expect(exact["\(field)_truncated"] == false)
        #expect(exact["truncate_hint"] == nil)
        let long = detail(JSONValue.object(["trace_id": "t-9", field: .string(String(repeating: "中", count: 5_001))]).text())
        #expect(long[field] == .string(String(repeating: "中", count: 5_000) + "...[TRUNCATED]"))
        #expect(long["request_truncated"] == .bool(field == "request"))
        #expect(long["response_truncated"] == .bool(field == "response"))
        let hint = long["truncate_hint"]?.stringValue ?? ""
        for part in ["5000", "CTS console", "t-9"] { #expect(hint.contains(part)) }
    }

    @Test(arguments: ["message", "resource_name", "resource_url", "endpoint"])
    func theseFieldsGetTheTextPass(_ field: String) {
        let row = JSONValue.object([field: .string(#"{"a":1,"token":"x"}"#)]).text()
        #expect(detail(row)[field] == .string(#"{"a":1,"token":"***MASKED***"}"#))
    }
}

import HuaweiCloud
import JSONRPC
import Testing

@testable import CTSServer

/// Answers of the list API (cts.md §8, huaweicloud-http.md §7).
@Suite struct TracePageTests {
    private func page(_ body: String) throws -> TracePage {
        try TracePage(CloudResponse(status: 200, headers: ["X-Request-Id": "r"], body: Array(body.utf8)))
    }

    @Test(arguments: [
        "{}", #"{"traces":null,"meta_data":null}"#, #"{"traces":[],"meta_data":{}}"#, #"{"meta_data":{"marker":null,"count":9}}"#,
        #"{"meta_data":{"marker":""}}"#,
        #"{"meta_data":"x"}"#, #"{"meta_data":{"marker":{}}}"#,
    ])
    func missingOrNullMembersCountAsEmpty(_ body: String) throws {
        let page = try page(body)
        #expect(page.traces.isEmpty)
        #expect(page.marker == nil)
    }

    @Test func theMarkerIsText() throws {
        #expect(try page(#"{"meta_data":{"marker":"m"}}"#).marker == "m")
        #expect(try page(#"{"meta_data":{"marker":12}}"#).marker == "12")
    }

    @Test func everyRowIsKeptEvenWhenNothingOfItCanBeRead() throws {
        let page = try page(#"{"traces":[null,5,"x",[],{},{"trace_id":{}},{"trace_id":"a"}]}"#)
        #expect(page.traces.map(\.id) == [nil, nil, nil, nil, nil, nil, "a"])
    }

    @Test func aSingleRowIsAListOfOne() throws {
        #expect(try page(#"{"traces":{"trace_id":"a"}}"#).traces.map(\.id) == ["a"])
    }

    @Test(arguments: ["", "[]", "null", "<html>", #"{"traces":["#])
    func anythingButAnObjectIsInvalid(_ body: String) {
        let error = #expect(throws: CloudError.self) { try page(body) }
        #expect(error?.code == "UPSTREAM_INVALID_RESPONSE")
    }
}

import JSONRPC
import TestSupport
import Testing

@testable import CTSServer

/// A trace as a row of a search (cts.md §1).
@Suite struct TraceSummaryTests {
    private func summary(_ row: String) -> String { TraceSummary.json(Fixtures.trace(row), zone: Fixtures.shanghai).text() }

    @Test func theSummaryHasItsMembersInOrder() {
        let expected =
            #"{"trace_id":"t-1","trace_name":"createServer","trace_rating":"warning","trace_type":"ApiCall","time":"2026-01-15 16:15:30 +0800","#
            + #""service_type":"ECS","resource_type":"ecs","resource_name":"web password=***MASKED***","resource_id":"r-1","user_name":"ada@acme","#
            + #""source_ip":"10.0.0.1","code":"202","message":"ok token=***MASKED***","#
            + #""request_summary":"{\"server\": {\"name\": \"web\", \"adminPass\": \"***MASKED***\"}}","response_summary":"{\"job_id\": \"j-1\"}"}"#
        #expect(summary(Fixtures.full) == expected)
    }

    @Test(arguments: ["{}", "null", "[1]", #""x""#, #"{"trace_id":null,"message":"","user":{},"request":null,"time":"soon"}"#])
    func aRowWithNothingIsEmpty(_ row: String) { #expect(summary(row) == "{}") }

    @Test(arguments: [
        (#"{"user_name":"a","name":"b"}"#, "a"), (#"{"user_name":"","name":"b"}"#, "b"), (#"{"user_name":null,"name":"b"}"#, "b"),
        (#"{"name":7}"#, "7"),
        (#"{"user_name":{},"name":"b"}"#, "b"),
    ])
    func theUserNameIsUserNameElseName(_ user: String, _ name: String) {
        #expect(summary("{\"user\":\(user)}") == "{\"user_name\":\"\(name)\"}")
    }

    @Test(arguments: ["null", #""ada""#, #""{\"name\":\"ada\"}""#, "[]", "{}", #"{"name":""}"#])
    func withoutAUserObjectThereIsNoUserName(_ user: String) { #expect(summary("{\"user\":\(user)}") == "{}") }

    @Test(arguments: [
        ("0", "1970-01-01 08:00:00 +0800"), (#""1768464930999""#, "2026-01-15 16:15:30 +0800"),
        ("1.768464930999e12", "2026-01-15 16:15:30 +0800"),
    ])
    func theTimeMayBeANumberOrDigits(_ time: String, _ text: String) { #expect(summary("{\"time\":\(time)}") == "{\"time\":\"\(text)\"}") }

    @Test(arguments: ["null", "true", #""2026-01-15""#, "1.5", "{}", "[]", "1e400", "9223372036854775807", #""""#])
    func anUnreadableTimeIsLeftOut(_ time: String) { #expect(summary("{\"time\":\(time),\"code\":1}") == #"{"code":"1"}"#) }

    @Test func fieldsOfTheWrongKindAreLeftOutOneByOne() {
        #expect(
            summary(#"{"trace_id":7,"trace_name":{"a":1},"code":true,"source_ip":["x"],"message":1.50}"#)
                == #"{"trace_id":"7","code":"true","message":"1.50"}"#
        )
    }

    @Test(arguments: [499, 500, 501])
    func bodiesAreCutToFiveHundredScalars(_ length: Int) {
        let text = String(repeating: "e\u{301}", count: length / 2) + (length % 2 == 1 ? "x" : "")
        #expect(text.unicodeScalars.count == length)
        let expected = length <= 500 ? text : String(text.unicodeScalars.prefix(500).map(Character.init)) + "...[TRUNCATED]"
        let row = JSONValue.object(["response": .string(text)]).text()
        #expect(summary(row) == JSONValue.object(["response_summary": .string(expected)]).text())
    }

    @Test func bodiesAreMaskedBeforeTheyAreCut() {
        let filler = String(repeating: "x", count: 480)
        let row = JSONValue.object(["request": .string("{\"a\":\"\(filler)\",\"password\":\"hunter2hunter2\"}")]).text()
        let text = summary(row)
        #expect(text.contains("...[TRUNCATED]"))
        #expect(!text.contains("hunter"))
    }

    @Test(arguments: [
        (#"{"request":{"token":"x","n":1.0}}"#, #"{"request_summary":"{\"token\": \"***MASKED***\", \"n\": 1.0}"}"#),
        (#"{"request":[{"sk":"x"}]}"#, #"{"request_summary":"[{\"sk\": \"***MASKED***\"}]"}"#),
        (#"{"request":5}"#, #"{"request_summary":"5"}"#),
        (#"{"response":"token=x"}"#, #"{"response_summary":"token=***MASKED***"}"#), (#"{"response":null}"#, "{}"),
        (#"{"response":""}"#, "{}"),
    ])
    func aBodyMayArriveAsJSON(_ row: String, _ summary: String) { #expect(self.summary(row) == summary) }

    @Test(arguments: ["message", "resource_name"])
    func theseFieldsGetTheTextPassEvenWhenTheyAreJSON(_ field: String) {
        let row = JSONValue.object([field: .string(#"{"a":1,"token":"x"}"#)]).text()
        #expect(summary(row) == JSONValue.object([field: .string(#"{"a":1,"token":"***MASKED***"}"#)]).text())
    }
}

import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import CTSServer

/// `cts_get_trace_detail` (cts.md §2).
@Suite(.timeLimit(.minutes(1))) struct GetTraceDetailTests {
    private static let window = "from=1767860130250&to=1768464930250"

    @Test func sendsOneRequestForSevenDaysWithoutALimit() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.row("t/1")])), .ok(Fixtures.page([Fixtures.row("t 2")])))
        #expect(
            try await bench.success("cts_get_trace_detail", ["trace_id": "t/1"]).text()
                == #"{"trace_id":"t/1","request_truncated":false,"response_truncated":false}"#
        )
        _ = try await bench.success("cts_get_trace_detail", ["trace_id": "t 2", "trace_type": "data"])
        #expect(
            bench.cloud.sent == [
                Bench.request("\(Self.window)&trace_id=t%2F1&trace_type=system"),
                Bench.request("\(Self.window)&trace_id=t%202&trace_type=data"),
            ]
        )
    }

    @Test func theAnswerIsTheFirstRowWithExactlyThatId() async throws {
        let rows = [
            #"{"trace_id":"T-1","code":1}"#, "null", #"{"code":2}"#, #"{"trace_id":"t-1","code":3}"#, #"{"trace_id":"t-1","code":4}"#,
        ]
        let data = try await Bench(.ok(Fixtures.page(rows))).success("cts_get_trace_detail", ["trace_id": "t-1"])
        #expect(data["code"] == "3")
    }

    @Test func anIdIsComparedByItsBytes() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.row("e\u{301}")])))
        #expect(try await bench.error("cts_get_trace_detail", ["trace_id": "\u{E9}"])["code"] == "NOT_FOUND")
    }

    @Test(arguments: ["system", "data"])
    func anUnknownIdIsNotFound(_ type: String) async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.row("other")], marker: "other")))
        let error = try await bench.error("cts_get_trace_detail", ["trace_id": "t-404", "trace_type": .string(type)])
        #expect(error["code"] == "NOT_FOUND")
        let message = error["message"]?.stringValue ?? ""
        for part in ["t-404", type, "7 days"] { #expect(message.contains(part)) }
        let hint = error["hint"]?.stringValue ?? ""
        #expect(hint.contains("OBS bucket"))
        #expect(hint.contains("data events by id") == (type == "data"))
        #expect(hint.contains("cts_search_traces") == (type == "data"))
        #expect(error["request_id"] == "req-1")
        #expect(error["status_code"] == 200)
        #expect(error["retryable"] == false)
        #expect(bench.cloud.sent.count == 1)
    }

    @Test func aMalformedRowBesideItDoesNoHarm() async throws {
        let bench = try Bench(.ok("{\"traces\":[5,{\"trace_id\":[]},\(Fixtures.full)]}"))
        let data = try await bench.success("cts_get_trace_detail", ["trace_id": "t-1"])
        #expect(data["user"]?["name"] == "ada")
        #expect(!data.text().contains("hunter2"))
    }

    @Test(
        arguments: [
            [:], ["trace_id": ""], ["trace_id": .null], ["trace_id": 5], ["trace_id": .string(String(repeating: "x", count: 129))],
            ["trace_id": "t", "trace_type": "x"],
            ["trace_id": "t", "limit": 1],
        ] as [JSONObject]
    )
    func rejectsArgumentsThatBreakTheirRule(_ arguments: JSONObject) async throws {
        let bench = try Bench()
        #expect(try await bench.error("cts_get_trace_detail", arguments)["code"] == "INVALID_PARAMS")
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func anIdMayHaveOneHundredAndTwentyEightCodePoints() async throws {
        let id = String(repeating: "密", count: 128)
        let data = try await Bench(.ok(Fixtures.page([Fixtures.row(id)]))).success("cts_get_trace_detail", ["trace_id": .string(id)])
        #expect(data["trace_id"] == .string(id))
    }
}

import AuthCommon
import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import CloudServer

/// The records of servers.md §8 that every call leaves.
@Suite(.timeLimit(.minutes(1))) struct ToolAuditTests {
    private let bench = ToolBench()

    @Test func successIsRecordedWithCallerDurationAndParams() async throws {
        let clock = bench.clock
        let tool = FakeTools.list { _, _ in
            clock.advance(by: .milliseconds(12))
            return ["count": 1]
        }
        try await bench.call(tool, ["name": "web", "limit": 5], as: .reader)
        let record = try #require(bench.logs.records("tool-ok").first)
        #expect(record["level"] == "INFO")
        #expect(record["tool"] == "fake_list")
        #expect(record["call_id"] == "call-1")
        #expect(record["sub"] == "rita")
        #expect(record["tenant"] == "acme")
        #expect(record["duration_ms"] == 12)
        #expect(record["params"] == ["name": "web", "limit": 5])
        #expect(record["request_id"] == nil)
    }

    @Test func everyRecordNamesTheGatewaysRequestAndTheTrace() async throws {
        try await bench.call(FakeTools.list())
        try await bench.call(FakeTools.list(), as: nil)
        try await bench.call(FakeTools.list(), ["limit": 0])
        for record in bench.logs.records {
            #expect(record["gateway_request_id"] == "gw-1")
            #expect(record["trace_id"] == "trace-1")
        }
        #expect(bench.logs.records.count == 3)
    }

    @Test func failureIsRecordedWithCodeAndStatus() async throws {
        let tool = FakeTools.list { _, _ in
            throw CloudError(code: "Ecs.0005", message: "M.", requestID: "r-9", statusCode: 400, retryable: false)
        }
        try await bench.call(tool, as: .reader)
        let record = try #require(bench.logs.records("tool-error").first)
        #expect(record["level"] == "WARNING")
        #expect(record["code"] == "Ecs.0005")
        #expect(record["status_code"] == 400)
        #expect(record["request_id"] == "r-9")
    }

    @Test func refusalsBeforeTheToolAreRecordedToo() async throws {
        try await bench.call(FakeTools.list(), as: nil)
        try await bench.call(FakeTools.delete(), as: .reader)
        try await bench.call(FakeTools.list(), ["limit": "x"], as: .reader)
        let records = bench.logs.records("tool-error")
        #expect(records.map { $0["code"] } == ["UNAUTHORIZED", "FORBIDDEN", "INVALID_PARAMS"])
        #expect(records[0]["sub"] == nil)
        #expect(records[2]["params"] == ["limit": "x"])
    }

    @Test func everyCallLeavesExactlyOneRecord() async throws {
        try await bench.call(FakeTools.list())
        try await bench.call(FakeTools.list(), ["limit": 0])
        #expect(bench.logs.records.count == 2)
    }
}

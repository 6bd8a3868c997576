import AuthCommon
import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import CTSServer

/// Resources, suggestions, the prompt, cursors and `cts_whoami`.
@Suite(.timeLimit(.minutes(1))) struct FeatureTests {
    private static let template = "huaweicloud://cts/traces/{id}"
    private static let prompt = "cts_who_changed_server"
    private static let rows =
        #"{"traces":[{"trace_id":"t1","resource_name":"web-1","resource_id":"i1"},{"trace_id":"t2","resource_name":"web-1","resource_id":"i1"}]}"#

    @Test func withoutTheRoleNothingIsReadOrSuggested() async throws {
        let bench = try Bench()
        await #expect(throws: JSONRPCError.self) { try await bench.read("huaweicloud://cts/traces/t1", as: nil) }
        #expect(try await bench.suggestions(Self.template, "id", "", as: nil) == [])
        #expect(try await bench.prompt(Self.prompt, ["server": "web-1"], as: nil) == nil)
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func aTraceThatDoesNotExistIsNotFound() async throws {
        #expect(try await Bench(.ok(Self.rows)).read("huaweicloud://cts/traces/other") == nil)
    }

    @Test func traceIdsOfTheLastHourAreSuggested() async throws {
        let bench = try Bench(.ok(Self.rows))
        #expect(try await bench.suggestions(Self.template, "id", "t") == ["t1", "t2"])
        #expect(
            bench.cloud.sent == [Bench.request("from=\(Bench.now - 3_600_000)&limit=200&to=\(Bench.now)&trace_type=system")]
        )
    }

    @Test func serversOfTheLastDayAreSuggestedOnceEach() async throws {
        let bench = try Bench(.ok(Self.rows), .failure(.init(.connection, sent: false)))
        #expect(try await bench.suggestions(Self.prompt, "server", "") == ["web-1", "i1"])
        #expect(try await bench.suggestions(Self.prompt, "server", "") == [])
    }

    @Test func regionsAreSuggestedWithoutTheCloud() async throws {
        let bench = try Bench()
        #expect(try await bench.suggestions(Self.prompt, "region", "")?.first == "af-south-1")
        #expect(try await bench.suggestions(Self.prompt, "region", "cn-north-4") == ["cn-north-4"])
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func thePromptNamesItsToolsAndArguments() async throws {
        let text = try #require(
            try await Bench().prompt(Self.prompt, ["server": "web-1", "since": "-24h", "region": "cn-north-4"])
        )
        for part in ["web-1", "-24h", "cn-north-4", "cts_whoami", "cts_search_traces", "cts_get_trace_detail", "never an instruction"] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test func theCursorPinsTheWindowAndContinues() async throws {
        let page = #"{"traces":[{"trace_id":"t1"}],"meta_data":{"marker":"m 1"}}"#
        let bench = try Bench(.ok(page), .ok(#"{"traces":[{"trace_id":"t2","code":"200"}]}"#))
        let first = try await bench.success("cts_search_traces", ["user": "ada", "limit": 1, "fields": ["trace_id"]])
        #expect(first["next_marker"] == "m 1")
        let second = try await bench.success("cts_search_traces", ["cursor": first["next_cursor"] ?? .null])
        #expect(second["traces"] == [["trace_id": "t2"]])
        #expect(second["next_cursor"] == .null)
        let window = "from=\(Bench.now - 3_600_000)&limit=1"
        let rest = "to=\(Bench.now)&trace_type=system&user=ada"
        #expect(bench.cloud.sent == [Bench.request("\(window)&\(rest)"), Bench.request("\(window)&next=m%201&\(rest)")])
    }

    @Test func whoamiTellsTheTools() async throws {
        let data = try await Bench().success("cts_whoami")
        #expect(data["tools"] == ["cts_search_traces", "cts_get_trace_detail", "cts_whoami"])
        #expect(data["region"] == "af-south-1")
    }
}

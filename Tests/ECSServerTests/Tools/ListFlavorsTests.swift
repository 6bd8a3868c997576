import AuthCommon
import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

/// `ecs_list_flavors` (ecs.md §2.3).
@Suite(.timeLimit(.minutes(1))) struct ListFlavorsTests {
    private func body(_ count: Int) -> String {
        "{\"flavors\":[" + (0..<count).map { #"{"id":"f\#($0)","ram":1024}"# }.joined(separator: ",") + "]}"
    }

    @Test func sendsOneRequestWithoutALimit() async throws {
        let bench = try Bench(.ok(body(1)), .ok("{}"))
        #expect(
            try await bench.data("ecs_list_flavors", as: .readonly)
                == #"{"count":1,"total":1,"truncated":false,"next_cursor":null,"flavors":[{"id":"f0","name":null,"vcpus":null,"ram_mb":1024,"disk_gb":null,"generation":null,"performance_type":null,"status":null}]}"#
        )
        _ = try await bench.data("ecs_list_flavors", ["availability_zone": "af-south-1a", "limit": 200])
        #expect(
            bench.cloud.sent == [
                .init("GET", Bench.servers("/flavors")), .init("GET", Bench.servers("/flavors?availability_zone=af-south-1a")),
            ]
        )
    }

    @Test(arguments: [(50, 50, false), (51, 50, true), (3, 50, false), (0, 0, false)])
    func theResultIsCutToTheLimit(_ received: Int, _ returned: Int, _ truncated: Bool) async throws {
        let bench = try Bench(.ok(body(received)))
        let data = json(try await bench.data("ecs_list_flavors"))
        #expect(data["count"] == .int(min(received, 50)))
        #expect(data["total"] == .int(received))
        #expect(data["truncated"] == .bool(truncated))
        #expect(data["flavors"]?.arrayValue?.count == min(received, 50))
    }

    @Test func aFullPageOfTheApiIsTruncated() {
        let flavors = Array(repeating: Flavor([:]), count: 100)
        let rows = FlavorRows(flavors, limit: 200)
        #expect(ListFlavors.data(.init(rowsReceived: 1_000, flavors: flavors), rows)["truncated"] == true)
        #expect(ListFlavors.data(.init(rowsReceived: 999, flavors: flavors), rows)["truncated"] == false)
    }

    @Test(arguments: ["{}", #"{"flavors":null}"#, #"{"flavors":[1,"x",null]}"#])
    func withoutRowsTheListIsEmpty(_ body: String) async throws {
        let bench = try Bench(.ok(body))
        #expect(try await bench.data("ecs_list_flavors") == #"{"count":0,"total":0,"truncated":false,"next_cursor":null,"flavors":[]}"#)
    }

    @Test(arguments: [("limit", 0), ("limit", 201), ("limit", .null), ("zone", "a")] as [(String, JSONValue)])
    func rejectsArgumentsThatBreakTheirRule(_ name: String, _ value: JSONValue) async throws {
        let bench = try Bench()
        #expect(try await bench.error("ecs_list_flavors", [name: value])["code"] == "INVALID_PARAMS")
        #expect(bench.cloud.sent.isEmpty)
    }
}

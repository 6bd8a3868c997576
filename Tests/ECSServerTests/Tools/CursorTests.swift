import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

/// `cursor` and `fields` of the lists.
@Suite(.timeLimit(.minutes(1))) struct CursorTests {
    private func flavors(_ ids: [String]) -> FakeCloud.Answer {
        .ok("{\"flavors\":[" + ids.map { #"{"id":"\#($0)","ram":1024}"# }.joined(separator: ",") + "]}")
    }

    private func ids(_ data: JSONObject, _ list: String) -> [String] {
        data[list]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
    }

    @Test func theCursorOfAListOfServersContinuesIt() async throws {
        let bench = try Bench(
            .ok(Fixtures.page([Fixtures.row(id: "a"), Fixtures.row(id: "b")], count: 3)),
            .ok(Fixtures.page([Fixtures.row(id: "c")], count: 3))
        )
        let first = try await bench.success("ecs_list_servers", ["name": "srv", "limit": 2, "fields": ["id"]])
        #expect(first["servers"] == [["id": "a"], ["id": "b"]])
        #expect(first["next_offset"] == 2)
        let second = try await bench.success("ecs_list_servers", ["cursor": first["next_cursor"] ?? .null])
        #expect(second["servers"] == [["id": "c"]])
        #expect(second["offset"] == 2)
        #expect(second["next_cursor"] == .null)
        #expect(second["next_offset"] == .null)
        #expect(
            bench.cloud.sent == [
                .init("GET", Bench.servers("/detail?limit=2&name=srv&offset=1")),
                .init("GET", Bench.servers("/detail?limit=2&name=srv&offset=2")),
            ]
        )
    }

    @Test func theCursorOfAListOfFlavorsContinuesBehindTheLastOne() async throws {
        let bench = try Bench(flavors(["a", "b", "c", "d"]), flavors(["a", "new", "b", "c", "d"]), flavors(["a", "new", "b", "c", "d"]))
        let first = try await bench.success("ecs_list_flavors", ["availability_zone": "az", "limit": 2, "fields": ["id"]])
        #expect(ids(first, "flavors") == ["a", "b"])
        #expect(first["truncated"] == true)
        let second = try await bench.success("ecs_list_flavors", ["cursor": first["next_cursor"] ?? .null])
        #expect(second["flavors"] == [["id": "c"], ["id": "d"]])
        #expect(second["count"] == 2)
        #expect(second["total"] == 5)
        #expect(second["truncated"] == false)
        #expect(second["next_cursor"] == .null)
        #expect(bench.cloud.sent.allSatisfy { $0 == .init("GET", Bench.servers("/flavors?availability_zone=az")) })
    }

    @Test func aFlavorThatIsGoneIsReplacedByItsPlace() {
        let all = ["a", "c", "d"].map { Flavor(["id": .string($0)]) }
        #expect(FlavorRows(all, after: ["start": 2, "after": "b"], limit: 2).flavors.map(\.id) == ["d"])
        for position in [["start": -5], ["start": "x"], [:], ["start": 0, "after": 1]] as [JSONObject] {
            #expect(FlavorRows(all, after: position, limit: 1).flavors.map(\.id) == ["a"])
        }
        #expect(FlavorRows(all, after: ["start": 99], limit: 1).flavors.isEmpty)
    }

    @Test(arguments: ["ecs_list_servers", "ecs_list_flavors"])
    func onlyACursorOfTheSameToolIsTaken(_ name: String) async throws {
        let bench = try Bench(flavors(["a", "b"]))
        let cursor = try await bench.success("ecs_list_flavors", ["limit": 1])["next_cursor"] ?? .null
        for value in name == "ecs_list_servers" ? [cursor, "x"] : ["x"] {
            let error = try await bench.error(name, ["cursor": value])
            #expect(error["code"] == "INVALID_PARAMS")
            #expect(error["details"]?.arrayValue?.map { $0["path"] } == ["cursor"])
        }
        #expect(bench.cloud.sent.count == 1)
    }

    @Test func unknownFieldsAreRefused() async throws {
        let bench = try Bench()
        #expect(try await bench.error("ecs_list_servers", ["fields": ["nope"]])["code"] == "INVALID_PARAMS")
        #expect(try await bench.error("ecs_list_flavors", ["fields": []])["code"] == "INVALID_PARAMS")
    }
}

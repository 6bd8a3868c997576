import AuthCommon
import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

/// `ecs_list_servers` (ecs.md §2.1).
@Suite(.timeLimit(.minutes(1))) struct ListServersTests {
    @Test func sendsTheDefaultsAndNoUnsetFilter() async throws {
        let bench = try Bench(.ok(#"{"count":0,"servers":[]}"#))
        #expect(
            try await bench.data("ecs_list_servers", as: .readonly)
                == #"{"count":0,"limit":20,"offset":1,"next_offset":null,"next_cursor":null,"servers":[]}"#
        )
        #expect(bench.cloud.sent == [.init("GET", Bench.servers("/detail?limit=20&offset=1"))])
    }

    @Test func sendsEveryFilter() async throws {
        let bench = try Bench(.ok("{}"))
        _ = try await bench.data(
            "ecs_list_servers",
            [
                "name": "web 1", "status": "SHUTOFF", "flavor_id": "s6.large.2", "ip": "192.168.", "tags": "env=prod,team=a b",
                "limit": 100,
                "offset": 7,
            ]
        )
        let query = "flavor=s6.large.2&ip=192.168.&limit=100&name=web%201&offset=7&status=SHUTOFF&tags=env%3Dprod%2Cteam%3Da%20b"
        #expect(bench.cloud.sent == [.init("GET", Bench.servers("/detail?\(query)"))])
    }

    @Test(arguments: ["name", "status", "flavor_id", "ip", "tags"])
    func anEmptyOrNullFilterCountsAsNotGiven(_ filter: String) async throws {
        let bench = try Bench(.ok("{}"), .ok("{}"))
        for value in [JSONValue.null, ""] { _ = try await bench.data("ecs_list_servers", [filter: value]) }
        #expect(bench.cloud.sent.allSatisfy { $0.target == Bench.servers("/detail?limit=20&offset=1") })
    }

    @Test(
        arguments: [
            ("limit", 0), ("limit", 101), ("limit", "20"), ("limit", json("1.5")), ("limit", .null), ("limit", true), ("offset", 0),
            ("offset", -1),
            ("offset", .null), ("status", "active"), ("status", "RUNNING"), ("name", 5), ("page", 1),
        ] as [(String, JSONValue)]
    )
    func rejectsArgumentsThatBreakTheirRule(_ name: String, _ value: JSONValue) async throws {
        let bench = try Bench()
        let error = try await bench.error("ecs_list_servers", [name: value])
        #expect(error["code"] == "INVALID_PARAMS")
        #expect(error["details"]?.arrayValue?.count == 1)
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func anIntegerMayBeWrittenWithAFraction() async throws {
        let bench = try Bench(.ok("{}"))
        _ = try await bench.data("ecs_list_servers", object(#"{"limit":5.0,"offset":1e0}"#))
        #expect(bench.cloud.sent == [.init("GET", Bench.servers("/detail?limit=5&offset=1"))])
    }

    @Test(
        arguments: [
            // The API's count decides.
            (45, 20, 1, 20, 2), (45, 20, 2, 20, 3), (45, 20, 3, 5, nil), (40, 20, 2, 20, nil), (0, 20, 1, 0, nil), (100, 20, 9, 0, nil),
            // Without one, a full page does.
            (nil, 2, 1, 2, 2), (nil, 2, 1, 1, nil), (nil, 2, 3, 0, nil),
        ] as [(Int?, Int, Int, Int, Int?)]
    )
    func nextOffsetIsTheNextPageNumberWhileThereIsOne(_ count: Int?, _ limit: Int, _ offset: Int, _ rows: Int, _ next: Int?) async throws {
        let page = Fixtures.page(Fixtures.ids(rows).map { Fixtures.row(id: $0) }, count: count)
        let bench = try Bench(.ok(page))
        let data = json(try await bench.data("ecs_list_servers", ["limit": .int(limit), "offset": .int(offset)]))
        #expect(data["next_offset"] == .optional(next))
        #expect(data["count"] == .int(count ?? rows))
        #expect(data["limit"] == .int(limit))
        #expect(data["offset"] == .int(offset))
    }

    @Test func aHugeOffsetOverflowsNothing() {
        let page = ListServersDetailsRequest.Page(
            total: nil,
            rowsReceived: 100,
            servers: [],
            origin: ResponseOrigin(status: 200, requestID: nil)
        )
        #expect(ListServers.data(page, limit: 100, offset: .max)["next_offset"] == .null)
    }

    @Test(arguments: [#"{"servers":null}"#, "{}", #"{"count":null,"servers":[]}"#, #"{"count":"x","servers":null}"#])
    func missingOrNullServersAreEmpty(_ body: String) async throws {
        let bench = try Bench(.ok(body))
        #expect(
            try await bench.data("ecs_list_servers")
                == #"{"count":0,"limit":20,"offset":1,"next_offset":null,"next_cursor":null,"servers":[]}"#
        )
    }

    @Test func aCountMayBeATextAndRowsThatAreNoObjectsAreSkipped() async throws {
        let bench = try Bench(.ok(#"{"count":"3","servers":[7,{"id":"a","status":1},null,"x",[]]}"#))
        #expect(
            try await bench.data("ecs_list_servers")
                == #"{"count":3,"limit":20,"offset":1,"next_offset":null,"next_cursor":null,"servers":[{"id":"a","status":"1"}]}"#
        )
    }

    @Test func theStatusIsNotFilteredAgain() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.row(id: "a", status: "REBOOT")], count: 1)))
        #expect(try await bench.data("ecs_list_servers", ["status": "ACTIVE"]).contains(#""status":"REBOOT""#))
    }

    @Test(arguments: ["[]", "\"x\"", "", "<html>", "{\"servers\":["])
    func anAnswerThatIsNoObjectIsInvalid(_ body: String) async throws {
        let bench = try Bench(.ok(body))
        let error = try await bench.error("ecs_list_servers")
        #expect(error["code"] == "UPSTREAM_INVALID_RESPONSE")
        #expect(error["status_code"] == 200)
        #expect(error["request_id"] == "req-1")
        #expect(error["retryable"] == false)
    }

    @Test func theApisErrorIsPassedOn() async throws {
        let bench = try Bench(.http(403, #"{"error":{"code":"APIGW.0302","message":"denied"}}"#))
        let error = try await bench.error("ecs_list_servers")
        #expect(error["code"] == "APIGW.0302")
        #expect(error["status_code"] == 403)
        #expect(error["retryable"] == false)
        #expect(error["hint"] != nil)
    }
}

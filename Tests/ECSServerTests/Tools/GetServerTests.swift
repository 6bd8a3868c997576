import AuthCommon
import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

/// `ecs_get_server` (ecs.md §2.2).
@Suite(.timeLimit(.minutes(1))) struct GetServerTests {
    @Test func fullIsTheDefaultAndAsksTheDetailListForOneId() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.webRow], count: 1)))
        let data = try await bench.data("ecs_get_server", ["server_id": .string(Fixtures.web)], as: .readonly)
        #expect(data == FullServer.json(server(Fixtures.webRow)).text())
        #expect(bench.cloud.sent == [.init("GET", Bench.servers("/detail?limit=1&server_id=\(Fixtures.web)"))])
    }

    @Test func theCaseOfAnIdIsKeptWhenSentAndIgnoredWhenCompared() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.dbRow])))
        _ = try await bench.data("ecs_get_server", ["server_id": .string(Fixtures.db.uppercased())])
        #expect(bench.cloud.sent == [.init("GET", Bench.servers("/detail?limit=1&server_id=\(Fixtures.db.uppercased())"))])
    }

    @Test(arguments: [
        Fixtures.page([]), "{}", #"{"servers":null}"#, Fixtures.page([Fixtures.ghostRow]), Fixtures.page([Fixtures.webRow]),
        Fixtures.page([#"{"id":"\#(Fixtures.ghost)","status":null}"#]), Fixtures.page([#"{"status":"ACTIVE"}"#]), Fixtures.page(["7"]),
    ])
    func fullIsNotFoundWithoutARowOfThatIdAndAStatus(_ body: String) async throws {
        let bench = try Bench(.ok(body))
        let error = try await bench.error("ecs_get_server", ["server_id": .string(Fixtures.ghost)])
        #expect(error["code"] == "NOT_FOUND")
        #expect(error["message"]?.stringValue?.contains(Fixtures.ghost) == true)
        #expect(error["retryable"] == false)
        #expect(error["request_id"] == "req-1")
    }

    @Test func userDataIsNeverReturnedByAnyTool() async throws {
        let page = Fixtures.page([Fixtures.webRow], count: 1)
        let bench = try Bench(.ok(page), .ok(page), .ok(#"{"server":\#(Fixtures.webRow)}"#), .ok(page), .ok(page), .ok(page), .ok("{}"))
        let id = JSONValue.string(Fixtures.web)
        let calls: [(String, JSONObject)] = [
            ("ecs_list_servers", [:]), ("ecs_get_server", ["server_id": id]),
            ("ecs_get_server", ["server_id": id, "detail_level": "status"]),
            ("ecs_power_action", ["server_ids": [id], "action": "stop"]), ("ecs_delete_server", ["server_ids": [id]]),
            ("ecs_resize_server", ["server_id": id, "target_flavor_ref": "f"]),
        ]
        for (tool, arguments) in calls {
            let data = try await bench.data(tool, arguments)
            #expect(!data.contains("user_data"))
            #expect(!data.contains("c2VjcmV0LXVzZXItZGF0YQ=="))
            #expect(!data.contains("hunter2"))
        }
    }

    @Test func aRowThatWasNotAskedForDoesNotHideTheRightOne() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.webRow, Fixtures.dbRow])))
        #expect(try await bench.data("ecs_get_server", ["server_id": .string(Fixtures.db)]).contains("db-1"))
    }

    @Test func statusReadsOneServerAndIsPruned() async throws {
        let bench = try Bench(.ok(#"{"server":\#(Fixtures.webRow)}"#))
        let data = try await bench.data("ecs_get_server", ["server_id": .string(Fixtures.web), "detail_level": "status"])
        #expect(data == #"{"server_id":"\#(Fixtures.web)","name":"web-1","status":"ACTIVE","power_state":1}"#)
        #expect(bench.cloud.sent == [.init("GET", Bench.servers("/\(Fixtures.web)"))])
    }

    @Test(arguments: ["{}", #"{"server":null}"#, #"{"server":[]}"#, #"{"server":"x"}"#])
    func statusIsNotFoundWhenTheBodyHasNoServerObject(_ body: String) async throws {
        let bench = try Bench(.ok(body))
        let error = try await bench.error("ecs_get_server", ["server_id": .string(Fixtures.ghost), "detail_level": "status"])
        #expect(error["code"] == "NOT_FOUND")
    }

    @Test func a404IsNotFoundAndKeepsStatusRequestIdAndTheApisCode() async throws {
        let bench = try Bench(.http(404, #"{"error":{"code":"Ecs.0114","message":"no"}}"#, headers: ["X-Request-Id": "req-404"]))
        let error = try await bench.error("ecs_get_server", ["server_id": .string(Fixtures.ghost), "detail_level": "status"])
        #expect(error["code"] == "NOT_FOUND")
        #expect(error["status_code"] == 404)
        #expect(error["request_id"] == "req-404")
        #expect(error["retryable"] == false)
        #expect(error["message"]?.stringValue?.hasSuffix("(Ecs.0114)") == true)
    }

    @Test func a404OfTheApiGatewayIsPassedThrough() async throws {
        let bench = try Bench(.http(404, #"{"error_code":"APIGW.0101","error_msg":"The API does not exist"}"#))
        let error = try await bench.error("ecs_get_server", ["server_id": .string(Fixtures.ghost), "detail_level": "status"])
        #expect(error["code"] == "APIGW.0101")
        #expect(error["status_code"] == 404)
    }

    @Test(arguments: [400, 403, 500])
    func anotherErrorIsPassedThrough(_ status: Int) async throws {
        let bench = try Bench(.http(status, #"{"error":{"code":"Ecs.0005","message":"bad"}}"#))
        let error = try await bench.error("ecs_get_server", ["server_id": .string(Fixtures.web), "detail_level": "status"])
        #expect(error["code"] == "Ecs.0005")
        #expect(error["status_code"] == .int(status))
    }

    @Test(arguments: [
        "", "x", "11111111-2222-3333-4444-55555555555", "11111111-2222-3333-4444-5555555555555", "11111111-2222-3333-4444-555555555555\n",
        " 11111111-2222-3333-4444-555555555555", "g1111111-2222-3333-4444-555555555555", "11111111222233334444555555555555",
    ])
    func theIdMustBeAUUIDAsAWhole(_ id: String) async throws {
        let bench = try Bench()
        let error = try await bench.error("ecs_get_server", ["server_id": .string(id)])
        #expect(error["code"] == "INVALID_PARAMS")
        #expect(error["details"]?.arrayValue?.first?["path"] == "server_id")
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test(arguments: ["Full", "", "all"])
    func theDetailLevelIsOneOfTwo(_ level: String) async throws {
        let bench = try Bench()
        let error = try await bench.error("ecs_get_server", ["server_id": .string(Fixtures.web), "detail_level": .string(level)])
        #expect(error["code"] == "INVALID_PARAMS")
    }
}

import AuthCommon
import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

/// `ecs_power_action` (ecs.md §1, §3).
@Suite(.timeLimit(.minutes(1))) struct PowerActionTests {
    private static let ids: JSONValue = [.string(Fixtures.web), .string(Fixtures.db)]

    @Test(arguments: [
        (#"{"action":"start"}"#, Role.operator), (#"{"action":"start","type":"x","server_ids":7}"#, .operator),
        (#"{"action":"stop"}"#, .admin),
        (#"{"action":"reboot"}"#, .admin), (#"{"action":"halt"}"#, .admin), (#"{"action":"START"}"#, .admin),
        (#"{"action":" start"}"#, .admin),
        (#"{"action":"start\n"}"#, .admin), (#"{}"#, .admin), (#"{"action":null}"#, .admin), (#"{"action":["start"]}"#, .admin),
        (#"{"action":{"start":1}}"#, .admin), (#"{"Action":"start"}"#, .admin), (#"{"action":true}"#, .admin),
    ])
    func theRoleIsDecidedFromTheRawArgument(_ arguments: String, _ role: Role) {
        #expect(PowerAction.role(object(arguments)) == role)
    }

    @Test(arguments: [.null, "halt", "START", "", 1] as [JSONValue])
    func anOperatorWithAnInvalidActionIsForbiddenAnAdminIsTold(_ action: JSONValue) async throws {
        let bench = try Bench()
        let arguments: JSONObject = ["server_ids": Self.ids, "action": action]
        let forbidden = try await bench.error("ecs_power_action", arguments, as: .operator)
        #expect(forbidden["code"] == "FORBIDDEN")
        #expect(forbidden["status_code"] == 403)
        #expect(forbidden["message"] == "role-required:admin;caller-has:[operator]")
        #expect(try await bench.error("ecs_power_action", arguments, as: .admin)["code"] == "INVALID_PARAMS")
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func aMissingActionNeedsAnAdminToo() async throws {
        let bench = try Bench()
        #expect(try await bench.error("ecs_power_action", ["server_ids": Self.ids], as: .operator)["code"] == "FORBIDDEN")
        #expect(try await bench.error("ecs_power_action", ["server_ids": Self.ids], as: .admin)["code"] == "INVALID_PARAMS")
    }

    @Test(arguments: ["stop", "reboot"])
    func anOperatorMayNotStopOrReboot(_ action: String) async throws {
        let bench = try Bench()
        let error = try await bench.error("ecs_power_action", ["server_ids": Self.ids, "action": .string(action)], as: .operator)
        #expect(error["code"] == "FORBIDDEN")
    }

    @Test func aReadonlyCallerMayNotEvenStart() async throws {
        let bench = try Bench()
        let error = try await bench.error("ecs_power_action", ["action": "start"], as: .readonly)
        #expect(error["message"] == "role-required:operator;caller-has:[readonly]")
    }

    @Test(arguments: [200, 202])
    func startRunsAtOnceWithOneRequest(_ status: Int) async throws {
        let bench = try Bench(.http(status, #"{"job_id":"j1"}"#))
        let data = try await bench.data("ecs_power_action", ["server_ids": Self.ids, "action": "start"], as: .operator)
        #expect(data == #"{"job_id":"j1","action":"start"}"#)
        let body = #"{"os-start":{"servers":[{"id":"\#(Fixtures.web)"},{"id":"\#(Fixtures.db)"}]}}"#
        #expect(bench.cloud.sent == [.init("POST", Bench.servers("/action"), body)])
    }

    @Test func startSendsRepeatedIdsAsGiven() async throws {
        let bench = try Bench(.ok(#"{"job_id":"j1"}"#))
        let ids: JSONValue = [.string(Fixtures.db), .string(Fixtures.db.uppercased()), .string(Fixtures.db)]
        _ = try await bench.data("ecs_power_action", ["server_ids": ids, "action": "start"])
        let rows = [Fixtures.db, Fixtures.db.uppercased(), Fixtures.db].map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
        #expect(bench.cloud.sent.map(\.body) == [#"{"os-start":{"servers":[\#(rows)]}}"#])
    }

    @Test func theTypeIsValidatedForStartTooWhereItHasNoEffect() async throws {
        let bench = try Bench(.ok(#"{"job_id":"j1"}"#))
        let wrong = try await bench.error("ecs_power_action", ["server_ids": Self.ids, "action": "start", "type": "soft"])
        #expect(wrong["code"] == "INVALID_PARAMS")
        _ = try await bench.data("ecs_power_action", ["server_ids": Self.ids, "action": "start", "type": "HARD"])
        #expect(bench.cloud.sent.count == 1)
        #expect(bench.cloud.sent.first?.body.contains("type") == false)
    }

    @Test(arguments: ["{}", #"{"job_id":null}"#, #"{"job_id":""}"#, #"{"job_id":{}}"#, "[]", "", "not json"])
    func aStartWithoutAJobIdIsASenselessAnswer(_ body: String) async throws {
        let bench = try Bench(.ok(body))
        let error = try await bench.error("ecs_power_action", ["server_ids": Self.ids, "action": "start"])
        #expect(error["code"] == "UPSTREAM_INVALID_RESPONSE")
        #expect(error["retryable"] == false)
        #expect(error["status_code"] == 200)
        #expect(error["request_id"] == "req-1")
        #expect(error["hint"] != nil)
    }

    @Test func aStartThatTimesOutIsNotRetryable() async throws {
        let bench = try Bench(.failure(TransportFailure(.timeout, sent: true)))
        let error = try await bench.error("ecs_power_action", ["server_ids": Self.ids, "action": "start"])
        #expect(error["code"] == "UPSTREAM_TIMEOUT")
        #expect(error["retryable"] == false)
        #expect(bench.cloud.sent.count == 1)
    }

    @Test(
        arguments: [
            ([], "server_ids"), ([""], "server_ids[0]"), (["x"], "server_ids[0]"), ([.string(Fixtures.web), "x"], "server_ids[1]"),
            (.string(Fixtures.web), "server_ids"), (.null, "server_ids"), ([1], "server_ids[0]"),
        ] as [(JSONValue, String)]
    )
    func theIdsAreOneToAThousandUUIDs(_ ids: JSONValue, _ path: String) async throws {
        let bench = try Bench()
        let error = try await bench.error("ecs_power_action", ["server_ids": ids, "action": "start"])
        #expect(error["code"] == "INVALID_PARAMS")
        #expect(error["details"]?.arrayValue?.first?["path"] == .string(path))
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func aThousandIdsAreAcceptedAndOneMoreIsNot() async throws {
        let bench = try Bench(.ok(#"{"job_id":"j1"}"#))
        let ids = Fixtures.ids(1_001).map(JSONValue.string)
        _ = try await bench.data("ecs_power_action", ["server_ids": .array(Array(ids.dropLast())), "action": "start"])
        #expect(try await bench.error("ecs_power_action", ["server_ids": .array(ids), "action": "start"])["code"] == "INVALID_PARAMS")
        #expect(bench.cloud.sent.count == 1)
    }

    @Test(arguments: [("stop", "SOFT"), ("stop", "HARD"), ("reboot", "SOFT"), ("reboot", "HARD")])
    func stopAndRebootReturnAPreviewAndChangeNothing(_ action: String, _ type: String) async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.dbRow, Fixtures.webRow])))
        let arguments: JSONObject = ["server_ids": Self.ids, "action": .string(action), "type": .string(type)]
        let data = json(try await bench.data("ecs_power_action", arguments))
        #expect(data["status"] == "pending_approval")
        #expect(data["action"] == .string(action))
        #expect(data["expires_in_seconds"] == 120)
        #expect(data["server_ids"] == Self.ids)
        #expect(data["type"] == .string(type))
        #expect(data["targets"]?.arrayValue?.map { $0["server_id"] } == [.string(Fixtures.web), .string(Fixtures.db)])
        #expect(data["message"]?.stringValue?.contains("ecs_confirm_destructive") == true)
        #expect(data["warnings"]?.arrayValue?.count == (action == "stop" ? 1 : 0))
        #expect(bench.cloud.sent == [.init("GET", Bench.servers("/detail?limit=2&server_id=\(Fixtures.web)%2C\(Fixtures.db)"))])
    }

    @Test func theTypeIsSoftByDefault() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.webRow])))
        let data = json(try await bench.data("ecs_power_action", ["server_ids": [.string(Fixtures.web)], "action": "stop"]))
        #expect(data["type"] == "SOFT")
    }

    @Test func repeatedIdsAreEchoedAsGivenAndTargetsListEachServerOnce() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.dbRow])))
        let ids: JSONValue = [.string(Fixtures.db.uppercased()), .string(Fixtures.db)]
        let data = json(try await bench.data("ecs_power_action", ["server_ids": ids, "action": "stop"]))
        #expect(data["server_ids"] == ids)
        #expect(data["targets"]?.arrayValue?.map { $0["server_id"] } == [.string(Fixtures.db.uppercased())])
        #expect(bench.cloud.sent == [.init("GET", Bench.servers("/detail?limit=1&server_id=\(Fixtures.db.uppercased())"))])
    }

    @Test func unknownServersAreNotFoundOneDetailEachAndNoApprovalIsIssued() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.webRow, Fixtures.ghostRow])))
        let ids: JSONValue = [.string(Fixtures.web), .string(Fixtures.db), .string(Fixtures.ghost), .string(Fixtures.db)]
        let error = try await bench.error("ecs_power_action", ["server_ids": ids, "action": "stop"])
        #expect(error["code"] == "NOT_FOUND")
        #expect(error["details"]?.arrayValue?.map { $0["path"] } == ["server_ids[1]", "server_ids[2]"])
        let messages = error["details"]?.arrayValue?.compactMap { $0["message"]?.stringValue } ?? []
        #expect(messages.count == 2)
        #expect(messages.first?.contains(Fixtures.db) == true)
        #expect(messages.last?.contains(Fixtures.ghost) == true)
        // The first id that this process would have issued.
        let confirm = try await bench.error("ecs_confirm_destructive", ["approval_id": "apr-000000000000feed0000000000000001"])
        #expect(confirm["code"] == "APPROVAL_NOT_FOUND")
    }

    @Test func targetsAreReadAHundredAtATimeOneAfterTheOther() async throws {
        let ids = Fixtures.ids(250)
        let pages = [0..<100, 100..<200, 200..<250].map { Fixtures.page(ids[$0].map { Fixtures.row(id: $0) }) }
        let bench = try Bench(.ok(pages[0]), .ok(pages[1]), .ok(pages[2]))
        let data = json(try await bench.data("ecs_power_action", ["server_ids": .array(ids.map(JSONValue.string)), "action": "reboot"]))
        #expect(data["targets"]?.arrayValue?.compactMap { $0["server_id"]?.stringValue } == ids)
        let asked = bench.cloud.sent.map(\.target)
        #expect(asked.map { String($0.prefix(Bench.servers("/detail?limit=").count + 3)) }.map { $0.suffix(3) } == ["100", "100", "50&"])
    }

    @Test func aFailedReadOfTheTargetsIsPassedOnAndNoApprovalIsIssued() async throws {
        let bench = try Bench(.http(429, ""))
        let error = try await bench.error("ecs_power_action", ["server_ids": Self.ids, "action": "stop"])
        #expect(error["code"] == "RATE_LIMITED")
        #expect(error["retryable"] == true)
    }
}

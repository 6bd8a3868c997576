import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

/// `ecs_resize_server` (ecs.md §3).
@Suite(.timeLimit(.minutes(1))) struct ResizeServerTests {
    private static let path = Bench.servers("/\(Fixtures.web)/resize", version: "v1.1")
    private static let read = FakeCloud.Sent("GET", Bench.servers("/detail?limit=1&server_id=\(Fixtures.web)"))
    private static let arguments: JSONObject = ["server_id": .string(Fixtures.web), "target_flavor_ref": "s6.large.4"]

    @Test func thePreviewReadsTheTargetAndSendsADryRun() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.webRow])), .http(202, ""))
        let data = json(try await bench.data("ecs_resize_server", Self.arguments))
        #expect(data["action"] == "resize")
        #expect(data["server_id"] == .string(Fixtures.web))
        #expect(data["target_flavor_ref"] == "s6.large.4")
        #expect(data["mode"] == .null)
        #expect(data["dedicated_host_id"] == .null)
        #expect(data["dry_run"] == "passed")
        #expect(data["targets"]?.arrayValue?.count == 1)
        #expect(bench.cloud.sent == [Self.read, .init("POST", Self.path, #"{"resize":{"flavorRef":"s6.large.4"},"dry_run":true}"#)])
    }

    @Test func theDryRunIsTheRequestThatWouldBeSent() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.webRow])), .ok("{}"), .ok(#"{"job_id":"j"}"#))
        var arguments = Self.arguments
        arguments["mode"] = "withStopServer"
        arguments["dedicated_host_id"] = "host-1"
        let preview = json(try await bench.data("ecs_resize_server", arguments))
        #expect(preview["mode"] == "withStopServer")
        #expect(preview["dedicated_host_id"] == "host-1")
        _ = try await bench.data("ecs_confirm_destructive", ["approval_id": preview["approval_id"] ?? .null])
        let resize = #"{"resize":{"flavorRef":"s6.large.4","mode":"withStopServer","dedicated_host_id":"host-1"}"#
        #expect(
            bench.cloud.sent == [
                Self.read, .init("POST", Self.path, resize + #","dry_run":true}"#), .init("POST", Self.path, resize + "}"),
            ]
        )
    }

    @Test(arguments: [200, 202, 204], ["", "{}", "null", "[]", "ok", #"{"job_id":null,"order_id":""}"#])
    func any2xxPassesTheDryRunWithOrWithoutABody(_ status: Int, _ body: String) async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.webRow])), .http(status, body))
        #expect(json(try await bench.data("ecs_resize_server", Self.arguments))["dry_run"] == "passed")
    }

    @Test func anErrorOfTheDryRunIsReturnedAsItIsAndNoApprovalIsIssued() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.webRow])), .http(400, #"{"error":{"code":"Ecs.0019","message":"withdrawn"}}"#))
        let error = try await bench.error("ecs_resize_server", Self.arguments)
        #expect(error["code"] == "Ecs.0019")
        #expect(error["message"] == "withdrawn")
        #expect(error["status_code"] == 400)
        let confirm = try await bench.error("ecs_confirm_destructive", ["approval_id": "apr-000000000000feed0000000000000001"])
        #expect(confirm["code"] == "APPROVAL_NOT_FOUND")
    }

    @Test(arguments: [
        (#"{"job_id":"job-7"}"#, "job-7"), (#"{"order_id":"order-7"}"#, "order-7"), (#"{"job_id":7}"#, "7"),
        (#"{"result":[{"job_id":"job-8"}]}"#, "job-8"),
    ])
    func aDryRunThatNamesAJobOrAnOrderWasExecuted(_ body: String, _ id: String) async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.webRow])), .http(202, body))
        let error = try await bench.error("ecs_resize_server", Self.arguments)
        #expect(error["code"] == "UPSTREAM_INVALID_RESPONSE")
        #expect(error["retryable"] == false)
        #expect(error["status_code"] == 202)
        #expect(error["message"]?.stringValue?.contains(id) == true)
        let confirm = try await bench.error("ecs_confirm_destructive", ["approval_id": "apr-000000000000feed0000000000000001"])
        #expect(confirm["code"] == "APPROVAL_NOT_FOUND")
    }

    @Test func anUnknownServerIsNotFoundAndNoDryRunIsSent() async throws {
        let bench = try Bench(.ok(Fixtures.page([])))
        let error = try await bench.error("ecs_resize_server", Self.arguments)
        #expect(error["code"] == "NOT_FOUND")
        #expect(error["details"]?.arrayValue?.map { $0["path"] } == ["server_id"])
        #expect(bench.cloud.sent == [Self.read])
    }

    @Test func anEmptyHostOrModeCountsAsNotGiven() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.webRow])), .ok(""))
        var arguments = Self.arguments
        arguments["mode"] = .null
        arguments["dedicated_host_id"] = ""
        let data = json(try await bench.data("ecs_resize_server", arguments))
        #expect(data["dedicated_host_id"] == .null)
        #expect(bench.cloud.sent.last?.body == #"{"resize":{"flavorRef":"s6.large.4"},"dry_run":true}"#)
    }

    @Test(
        arguments: [
            ("target_flavor_ref", ""), ("target_flavor_ref", .null), ("mode", "withoutStop"), ("server_id", "x"), ("server_ids", []),
            ("mode", 1),
        ] as [(String, JSONValue)]
    )
    func rejectsArgumentsThatBreakTheirRule(_ name: String, _ value: JSONValue) async throws {
        let bench = try Bench()
        var arguments = Self.arguments
        arguments[name] = value
        #expect(try await bench.error("ecs_resize_server", arguments)["code"] == "INVALID_PARAMS")
        #expect(bench.cloud.sent.isEmpty)
    }
}

import AuthCommon
import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

/// Preview, confirm, and the one request that follows (ecs.md §3.4, approvals.md).
@Suite(.timeLimit(.minutes(1))) struct ConfirmTests {
    /// A call that needs an approval and the request that its confirmation sends.
    struct Case: Sendable, CustomTestStringConvertible {
        var tool: String
        var arguments: JSONObject
        var request: FakeCloud.Sent
        var result: String
        /// Whether the preview sends a dry run after reading the targets.
        var hasDryRun = false
        var testDescription: String { request.description }
    }

    private static let ids: JSONValue = [.string(Fixtures.web)]

    static let cases: [Case] = [
        Case(
            tool: "ecs_power_action",
            arguments: ["server_ids": ids, "action": "stop", "type": "HARD"],
            request: .init("POST", Bench.servers("/action"), #"{"os-stop":{"servers":[{"id":"\#(Fixtures.web)"}],"type":"HARD"}}"#),
            result: #"{"job_id":"job-1","action":"stop"}"#
        ),
        Case(
            tool: "ecs_power_action",
            arguments: ["server_ids": ids, "action": "reboot"],
            request: .init("POST", Bench.servers("/action"), #"{"reboot":{"servers":[{"id":"\#(Fixtures.web)"}],"type":"SOFT"}}"#),
            result: #"{"job_id":"job-1","action":"reboot"}"#
        ),
        Case(
            tool: "ecs_delete_server",
            arguments: ["server_ids": ids, "delete_volume": true],
            request: .init(
                "POST",
                Bench.servers("/delete"),
                #"{"delete_publicip":false,"delete_volume":true,"servers":[{"id":"\#(Fixtures.web)"}]}"#
            ),
            result: #"{"job_id":"job-1"}"#
        ),
        Case(
            tool: "ecs_resize_server",
            arguments: ["server_id": .string(Fixtures.web), "target_flavor_ref": "s6.large.4"],
            request: .init("POST", Bench.servers("/\(Fixtures.web)/resize", version: "v1.1"), #"{"resize":{"flavorRef":"s6.large.4"}}"#),
            result: #"{"job_id":"job-1"}"#,
            hasDryRun: true
        ),
    ]

    /// A bench on which the preview has been made, and the approval's id.
    private func previewed(_ example: Case, sourceLocation: SourceLocation = #_sourceLocation) async throws -> (Bench, JSONObject) {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.webRow])))
        if example.hasDryRun { bench.cloud.add(.ok("{}")) }
        let preview = json(try await bench.data(example.tool, example.arguments, sourceLocation: sourceLocation))
        return (bench, ["approval_id": preview["approval_id"] ?? .null])
    }

    @Test(arguments: cases)
    func theConfirmedRequestIsSentExactlyOnce(_ example: Case) async throws {
        let (bench, confirm) = try await previewed(example)
        #expect(bench.cloud.writes.isEmpty)
        bench.cloud.add(.ok(#"{"job_id":"job-1"}"#))
        #expect(try await bench.data("ecs_confirm_destructive", confirm) == example.result)
        #expect(bench.cloud.writes == [example.request])
        #expect(try await bench.error("ecs_confirm_destructive", confirm)["code"] == "APPROVAL_NOT_FOUND")
        #expect(bench.cloud.writes == [example.request])
    }

    @Test(arguments: cases)
    func ofManySimultaneousConfirmationsOneExecutes(_ example: Case) async throws {
        let (bench, confirm) = try await previewed(example)
        bench.cloud.add(.ok(#"{"job_id":"job-1"}"#))
        let successes = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 { group.addTask { try await bench.call("ecs_confirm_destructive", confirm)["ok"] == true } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(successes == 1)
        #expect(bench.cloud.writes == [example.request])
    }

    @Test(arguments: cases, [Role.readonly, .operator])
    func whoeverLacksTheRoleNowNeitherExecutesNorUsesItUp(_ example: Case, _ role: Role) async throws {
        let (bench, confirm) = try await previewed(example)
        let error = try await bench.error("ecs_confirm_destructive", confirm, as: role)
        #expect(error["code"] == "FORBIDDEN")
        let needed = role == .readonly ? "operator" : "admin"
        #expect(error["message"] == .string("role-required:\(needed);caller-has:[\(role.rawValue)]"))
        bench.cloud.add(.ok(#"{"job_id":"job-1"}"#))
        #expect(try await bench.data("ecs_confirm_destructive", confirm) == example.result)
    }

    @Test func anotherSubjectCannotConfirm() async throws {
        let (bench, confirm) = try await previewed(Self.cases[2])
        let envelope = try await bench.call("ecs_confirm_destructive", confirm, subject: "eve")
        #expect(envelope["error"]?["code"] == "APPROVAL_NOT_FOUND")
        #expect(bench.cloud.writes.isEmpty)
    }

    @Test func anApprovalIsValidForExactlyTwoMinutes() async throws {
        let (bench, confirm) = try await previewed(Self.cases[2])
        bench.clock.advance(by: .seconds(120))
        bench.cloud.add(.ok(#"{"job_id":"job-1"}"#))
        _ = try await bench.data("ecs_confirm_destructive", confirm)

        let (late, expired) = try await previewed(Self.cases[2])
        late.clock.advance(by: .seconds(121))
        #expect(try await late.error("ecs_confirm_destructive", expired)["code"] == "APPROVAL_EXPIRED")
        #expect(late.cloud.writes.isEmpty)
    }

    @Test(arguments: cases)
    func aFailedExecutionUsesTheApprovalUpAndSaysSo(_ example: Case) async throws {
        let (bench, confirm) = try await previewed(example)
        bench.cloud.add(.http(403, #"{"error":{"code":"Ecs.0605","message":"locked"}}"#))
        let error = try await bench.error("ecs_confirm_destructive", confirm)
        #expect(error["code"] == "Ecs.0605")
        #expect(error["status_code"] == 403)
        #expect(error["hint"]?.stringValue?.contains(example.tool) == true)
        #expect(try await bench.error("ecs_confirm_destructive", confirm)["code"] == "APPROVAL_NOT_FOUND")
    }

    @Test(arguments: cases)
    func anUnknownOutcomeIsNotRetryableAndTheHintSaysHowToLook(_ example: Case) async throws {
        let (bench, confirm) = try await previewed(example)
        bench.cloud.add(.failure(TransportFailure(.timeout, sent: true)))
        let error = try await bench.error("ecs_confirm_destructive", confirm)
        #expect(error["code"] == "UPSTREAM_TIMEOUT")
        #expect(error["retryable"] == false)
        #expect(error["hint"]?.stringValue?.contains("ecs_get_server") == true)
        #expect(bench.cloud.writes.count == 1)
    }

    @Test(arguments: cases, ["{}", #"{"job_id":null}"#, #"{"job_id":""}"#, "", "[]", "not json"])
    func anAnswerWithoutAJobIsASenselessOne(_ example: Case, _ body: String) async throws {
        let (bench, confirm) = try await previewed(example)
        bench.cloud.add(.http(202, body))
        let error = try await bench.error("ecs_confirm_destructive", confirm)
        #expect(error["code"] == "UPSTREAM_INVALID_RESPONSE")
        #expect(error["retryable"] == false)
        #expect(error["status_code"] == 202)
        #expect(error["request_id"] == "req-1")
    }

    @Test(arguments: [
        (#"{"order_id":"CS-1"}"#, #"{"job_id":null,"order_id":"CS-1"}"#),
        (#"{"job_id":"j","order_id":"CS-1"}"#, #"{"job_id":"j","order_id":"CS-1"}"#),
        (#"{"job_id":7}"#, #"{"job_id":"7"}"#), (#"{"job_id":"j","order_id":null}"#, #"{"job_id":"j"}"#),
    ])
    func aResizeMayBecomeAnOrder(_ body: String, _ data: String) async throws {
        let (bench, confirm) = try await previewed(Self.cases[3])
        bench.cloud.add(.ok(body))
        #expect(try await bench.data("ecs_confirm_destructive", confirm) == data)
    }

    @Test(arguments: ["", "x", "apr-", "apr-0123456789ABCDEF0123456789abcdef", "apr-ffffffffffffffffffffffffffffffff"])
    func anEmptyMalformedOrUnknownIdIsNotFound(_ id: String) async throws {
        let bench = try Bench()
        #expect(try await bench.error("ecs_confirm_destructive", ["approval_id": .string(id)])["code"] == "APPROVAL_NOT_FOUND")
    }

    @Test func everyRepeatedIdIsSentAsGiven() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.dbRow])), .ok(#"{"job_id":"j"}"#))
        let ids: JSONValue = [.string(Fixtures.db), .string(Fixtures.db.uppercased()), .string(Fixtures.db)]
        let preview = json(try await bench.data("ecs_delete_server", ["server_ids": ids]))
        _ = try await bench.data("ecs_confirm_destructive", ["approval_id": preview["approval_id"] ?? .null])
        let rows = [Fixtures.db, Fixtures.db.uppercased(), Fixtures.db].map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
        #expect(bench.cloud.writes.map(\.body) == [#"{"delete_publicip":false,"delete_volume":false,"servers":[\#(rows)]}"#])
    }
}

import AuthCommon
import HuaweiCloud
import JSONRPC
import MCP
import Synchronization
import TestSupport
import Testing

@testable import CloudServer
@testable import MCPServer

/// Asking in the eras with a handshake (consent.md §2).
@Suite(.timeLimit(.minutes(1))) struct LegacyConsentTests {
    private let bench = ConsentBench()

    private func code(_ envelope: JSONObject) -> JSONValue? { envelope["error"]?["code"] }

    @Test(arguments: [ProtocolRevision.v2025_06_18, .v2025_11_25])
    func theRightNameExecutesInTheSameCall(revision: ProtocolRevision) async throws {
        let client = FakeClient([.types(" web-1 ")])
        let envelope = try await bench.call(bench.context(.admin, revision: revision, client: client))
        #expect(envelope == ["ok": true, "data": ["job_id": "job-1"]])
        #expect(bench.executed.count == 1)
        #expect(bench.executed.last?.content == FakeTools.target)
        #expect(client.questions.count == 1)
        #expect(client.timeouts == [.seconds(120)])
        let message = try #require(client.questions.first?.params["message"]?.stringValue)
        for part in ["Delete 1", "web-1", FakeTools.uuid, "status: ACTIVE", "system disk vda", "Cannot be undone"] {
            #expect(message.contains(part), "\(part)")
        }
    }

    @Test func severalTargetsAreConsentedToByActionAndCount() async throws {
        let ids = ["0", "1", "2"].map { FakeTools.uuid.dropLast() + $0 }
        for id in ids { bench.world[String(id)] = FakeWorld.Server(name: "same") }
        let arguments: JSONObject = ["ids": .array(ids.map { .string(String($0)) })]
        #expect(code(try await bench.legacy(.types("same"), .types("same"), arguments: arguments).envelope) == "APPROVAL_DECLINED")
        #expect(try await bench.legacy(.types("delete 3"), arguments: arguments).envelope["ok"] == true)
        #expect(bench.executed.count == 1)
    }

    @Test func aWrongTextIsAskedForOnceMore() async throws {
        let (envelope, client) = try await bench.legacy(.types("web"), .types("web-1"))
        #expect(envelope["ok"] == true)
        #expect(client.questions.count == 2)
        #expect(client.questions.last?.params["message"]?.stringValue?.contains("This is the last time") == true)
    }

    @Test(arguments: [
        [FakeClient.Reaction.types("web"), .types("WEB-1")], [.types(""), .types(" ")],
        [.answers(["action": "accept"]), .answers(["action": "accept", "content": [:]])],
        [.answers(["action": "accept", "content": ["confirm": 1]]), .types("yes")],
    ])
    func twoWrongTextsAreADecline(reactions: [FakeClient.Reaction]) async throws {
        let client = FakeClient(reactions + [.types("web-1")])
        let envelope = try await bench.call(bench.context(.admin, client: client))
        #expect(code(envelope) == "APPROVAL_DECLINED")
        #expect(client.questions.count == 2)
        #expect(bench.executed.count == 0)
    }

    @Test(arguments: [FakeClient.Reaction.declines, .cancels])
    func declineAndCancelExecuteNothingAndLeaveNothingPending(reaction: FakeClient.Reaction) async throws {
        let (envelope, client) = try await bench.legacy(reaction)
        #expect(code(envelope) == "APPROVAL_DECLINED")
        #expect(client.questions.count == 1)
        #expect(bench.executed.count == 0)
        #expect(envelope["data"] == nil)
        #expect(bench.logs.records("approval-issued").isEmpty)
    }

    @Test func noAnswerInTimeExpires() async throws {
        let (envelope, _) = try await bench.legacy(.fails(.timedOut))
        #expect(code(envelope) == "APPROVAL_EXPIRED")
        #expect(envelope["error"]?["message"]?.stringValue?.contains("120 s") == true)
        #expect(bench.executed.count == 0)
    }

    @Test func theSecondQuestionMayExpireToo() async throws {
        #expect(code(try await bench.legacy(.types("x"), .fails(.timedOut)).envelope) == "APPROVAL_EXPIRED")
        #expect(bench.executed.count == 0)
    }

    @Test(arguments: [
        (Int64(2_000), Duration.seconds(120)), (.max, .seconds(120)), (800, .seconds(100)), (701, .seconds(1)),
    ])
    func noQuestionOutlivesTheTokenByMoreThan300Seconds(expiry: Int64, time: Duration) async throws {
        bench.bench.clock.advance(by: .seconds(1_000))
        let caller = Identity(subject: "ada", roles: ["admin"], tenant: "acme", tokenExpiry: expiry)
        let (envelope, client) = try await bench.legacy(.types("web-1"), as: caller)
        #expect(client.timeouts == [time])
        #expect(envelope["ok"] == true)
    }

    @Test(arguments: [Int64(700), 699, .min])
    func aTokenThatIsTooOldAsksNothing(expiry: Int64) async throws {
        bench.bench.clock.advance(by: .seconds(1_000))
        let caller = Identity(subject: "ada", roles: ["admin"], tenant: "acme", tokenExpiry: expiry)
        let (envelope, client) = try await bench.legacy(.types("web-1"), as: caller)
        #expect(code(envelope) == "APPROVAL_EXPIRED")
        #expect(client.questions.isEmpty)
        #expect(bench.executed.count == 0)
    }

    @Test func aClientThatIsGoneExecutesNothing() async throws {
        let bench = bench
        let call = Task { try await bench.legacy(.disappears).envelope }
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(bench.executed.count == 0)
        #expect(bench.logs.records("approval-denied").map { $0["reason"] } == ["client-gone"])
    }

    @Test(arguments: [
        FakeClient.Reaction.fails(.gone), .fails(.refused(JSONRPCError(code: .methodNotFound, message: "what?"))),
        .answers("yes"), .answers(["action": "maybe"]), .answers([:]),
    ])
    func aClientThatFailsToAskExecutesNothing(reaction: FakeClient.Reaction) async throws {
        #expect(code(try await bench.legacy(reaction).envelope) == "CONSENT_UNAVAILABLE")
        #expect(bench.executed.count == 0)
    }

    // MARK: After the yes

    @Test func aTargetThatChangedMeanwhileIsAConflict() async throws {
        let world = bench.world
        let (envelope, _) = try await bench.legacy(.acts({ world[FakeTools.uuid]?.status = "SHUTOFF" }, types: "web-1"))
        #expect(code(envelope) == "CONFLICT_STALE_PREVIEW")
        #expect(envelope["error"]?["hint"] != nil)
        #expect(bench.executed.count == 0)
        #expect(world.reads == 2)
    }

    @Test func aTargetThatIsGoneMeanwhileIsAConflictThatNamesIt() async throws {
        let world = bench.world
        let (envelope, _) = try await bench.legacy(.acts({ world[FakeTools.uuid] = nil }, types: "web-1"))
        #expect(code(envelope) == "CONFLICT_STALE_PREVIEW")
        #expect(envelope["error"]?["details"]?.arrayValue?.count == 1)
        #expect(bench.executed.count == 0)
    }

    @Test func targetsThatCannotBeReadAgainExecuteNothing() async throws {
        let world = bench.world
        let failure = ToolError(code: ErrorCode.upstreamTimeout, message: "Slow.", retryable: true)
        let (envelope, _) = try await bench.legacy(.acts({ world.fail(failure) }, types: "web-1"))
        #expect(code(envelope) == "UPSTREAM_TIMEOUT")
        #expect(envelope["error"]?["retryable"] == true)
        #expect(bench.executed.count == 0)
        #expect(bench.logs.records("approval-denied").map { $0["reason"] } == ["UPSTREAM_TIMEOUT"])
    }

    @Test func theRoleOfWhoeverAnswersIsCheckedAgain() async throws {
        let demoted = Identity(subject: "ada", roles: ["operator"], tenant: "acme")
        let (envelope, _) = try await bench.legacy(.types("web-1", as: demoted))
        #expect(code(envelope) == "FORBIDDEN")
        #expect(envelope["error"]?["message"] == "role-required:admin;caller-has:[operator]")
        #expect(bench.executed.count == 0)
        #expect(bench.world.reads == 1)
    }

    @Test func aToolThatThePolicyNowLeavesOutIsNotExecuted() async throws {
        let restricted = Identity.admin.restricted(to: ToolPolicy(exclude: ["fake_delete"]))
        #expect(code(try await bench.legacy(.types("web-1", as: restricted)).envelope) == "FORBIDDEN")
        #expect(bench.executed.count == 0)
    }

    @Test(arguments: [
        nil, Identity(subject: "bob", roles: ["admin"], tenant: "acme"), Identity(subject: "ada", roles: ["admin"], tenant: "other"),
    ])
    func nobodyElseAnswersForTheCaller(stranger: Identity?) async throws {
        #expect(code(try await bench.legacy(.types("web-1", as: stranger)).envelope) == "UNAUTHORIZED")
        #expect(bench.executed.count == 0)
    }

    @Test func aFailedPreparationAsksNobody() async throws {
        bench.world[FakeTools.uuid] = nil
        let (envelope, client) = try await bench.legacy(.types("web-1"))
        #expect(code(envelope) == "NOT_FOUND")
        #expect(client.questions.isEmpty)
    }

    // MARK: Execution

    @Test func fromTheMomentOfExecutionCancellingDoesNotStopIt() async throws {
        let started = AsyncStream.makeStream(of: Void.self)
        let release = AsyncStream.makeStream(of: Void.self)
        let cancelled = Flag()
        let bench = ConsentBench { _, _ in
            started.continuation.finish()
            for await _ in release.stream {}
            if Task.isCancelled { cancelled.set() }
            return ["job_id": "job-7"]
        }
        let call = Task { try await bench.legacy(.types("web-1")) }
        for await _ in started.stream {}
        call.cancel()
        release.continuation.finish()
        _ = try? await call.value
        #expect(!cancelled.isSet)
        let record = try #require(bench.logs.records("approval-confirmed").first)
        #expect(record["outcome"] == "ok")
        #expect(record["consent"] == "elicited")
    }

    @Test func theEndOfTheProcessWaitsForTheExecutionAndRecordsOneThatItCutsOff() async throws {
        let started = AsyncStream.makeStream(of: Void.self)
        let release = AsyncStream.makeStream(of: Void.self)
        let bench = ConsentBench { _, _ in
            started.continuation.finish()
            for await _ in release.stream {}
            return [:]
        }
        let call = Task { try await bench.legacy(.types("web-1")) }
        for await _ in started.stream {}
        let executions = bench.bench.environment.approvals.executions
        #expect(executions.count == 1)
        executions.abandonAll()
        #expect(bench.logs.records("approval-confirmed").first?["outcome"] == "unknown")
        release.continuation.finish()
        _ = try await call.value
    }

    @Test func aFailedExecutionSaysThatTheUserIsAskedAgain() async throws {
        let bench = ConsentBench { _, _ in
            throw CloudError(code: "Ecs.0605", message: "Locked.", hint: "Unlock it.", requestID: "r-1", statusCode: 409, retryable: false)
        }
        let error = try #require(try await bench.legacy(.types("web-1")).envelope["error"])
        #expect(error["code"] == "Ecs.0605")
        #expect(error["request_id"] == "r-1")
        #expect(error["hint"]?.stringValue?.hasPrefix("Unlock it. ") == true)
        #expect(error["hint"]?.stringValue?.contains("the user is asked again") == true)
    }

    @Test func anUnknownOutcomeIsNotRetryableAndTheHintSaysHowToLook() async throws {
        let bench = ConsentBench { _, _ in throw CloudError(code: "UPSTREAM_TIMEOUT", message: "T.", retryable: false) }
        let error = try #require(try await bench.legacy(.types("web-1")).envelope["error"])
        #expect(error["retryable"] == false)
        #expect(error["hint"]?.stringValue?.contains("Look with fake_list.") == true)
    }

    // MARK: What is recorded (consent.md §3)

    @Test func anExecutionLeavesOneAuditRecord() async throws {
        _ = try await bench.legacy(.types("web-1"))
        let records = bench.logs.records.filter { $0["msg"]?.stringValue?.hasPrefix("approval-") == true }
        #expect(records.count == 1)
        let record = try #require(records.first)
        #expect(record["msg"] == "approval-confirmed")
        #expect(record["sub"] == "ada")
        #expect(record["tenant"] == "acme")
        #expect(record["tool"] == "fake_delete")
        #expect(record["action"] == "delete")
        #expect(record["targets"] == [.string(FakeTools.uuid)])
        #expect(record["arguments_sha256"]?.stringValue?.count == 16)
        #expect(record["consent"] == "elicited")
        #expect(record["outcome"] == "ok")
        #expect(record["approval_id"] == nil)
        #expect(record["call_id"] == bench.logs.records("tool-ok").first?["call_id"])
    }

    @Test func aFailedExecutionIsRecordedWithTheCloudsRequestId() async throws {
        let bench = ConsentBench { _, _ in
            throw CloudError(code: "Ecs.0605", message: "Locked.", requestID: "r-1", statusCode: 409, retryable: false)
        }
        _ = try await bench.legacy(.types("web-1"))
        let record = try #require(bench.logs.records("approval-confirmed").first)
        #expect(record["outcome"] == "failed")
        #expect(record["reason"] == "Ecs.0605")
        #expect(record["request_id"] == "r-1")
    }

    @Test(arguments: [
        ([FakeClient.Reaction.declines], "approval-denied", "declined"), ([.cancels], "approval-denied", "cancelled"),
        ([.types("x"), .types("y")], "approval-denied", "mismatch"), ([.fails(.timedOut)], "approval-expired", "not-answered-in-time"),
        ([.fails(.gone)], "approval-denied", "client-failed"),
    ])
    func everyOtherEndLeavesOneAuditRecordToo(reactions: [FakeClient.Reaction], event: String, reason: String) async throws {
        _ = try await bench.call(bench.context(.admin, client: FakeClient(reactions)))
        let records = bench.logs.records.filter { $0["msg"]?.stringValue?.hasPrefix("approval-") == true }
        #expect(records.map { $0["msg"] } == [.string(event)])
        #expect(records.first?["reason"] == .string(reason))
        #expect(records.first?["targets"] == [.string(FakeTools.uuid)])
        #expect(records.first?["consent"] == "elicited")
        #expect(bench.logs.records.count == 2)
    }

    @Test func twoPhaseRecordsHaveTheDigestOfTheArgumentsToo() async throws {
        let bench = ConsentBench(policy: .fourEyes)
        _ = try await bench.legacy()
        let record = try #require(bench.logs.records("approval-issued").first)
        #expect(record["consent"] == "four-eyes")
        #expect(record["arguments_sha256"] == .string(SHA256Text.short(FakeTools.target.bytes(.compact))))
    }
}

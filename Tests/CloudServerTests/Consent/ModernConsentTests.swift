import AuthCommon
import JSONRPC
import MCP
import TestSupport
import Testing

@testable import CloudServer
@testable import MCPServer

/// Asking in 2026-07-28 (consent.md §2): a question with a sealed state, and the call anew with the answer.
@Suite(.timeLimit(.minutes(1))) struct ModernConsentTests {
    private let bench = ConsentBench()

    private func code(_ envelope: JSONObject) -> JSONValue? { envelope["error"]?["code"] }

    @Test func theFirstRoundAsksUnderTheKeyConfirmAndExecutesNothing() async throws {
        let (question, state) = try await bench.asked()
        #expect(question.method == "elicitation/create")
        #expect(question.params["message"]?.stringValue?.contains("web-1") == true)
        #expect(question.params["requestedSchema"]?["required"] == ["confirm"])
        #expect(!state.contains("web-1"))
        #expect(bench.executed.count == 0)
    }

    @Test func theRightNameExecutesInTheRetry() async throws {
        let (_, state) = try await bench.asked()
        #expect(try await bench.retry(state) == ["ok": true, "data": ["job_id": "job-1"]])
        #expect(bench.executed.count == 1)
        #expect(bench.executed.last?.content == FakeTools.target)
    }

    @Test func aWrongTextIsAskedForOnceMore() async throws {
        let first = try await bench.asked()
        let second = try await bench.asked(responses: ["confirm": ConsentBench.typed("web")], state: first.state)
        #expect(second.question.params["message"]?.stringValue?.contains("This is the last time") == true)
        #expect(second.state != first.state)
        #expect(try await bench.retry(second.state)["ok"] == true)
    }

    @Test func twoWrongTextsAreADecline() async throws {
        let first = try await bench.asked()
        let second = try await bench.asked(responses: ["confirm": ["action": "accept"]], state: first.state)
        #expect(code(try await bench.retry(second.state, ConsentBench.typed("web"))) == "APPROVAL_DECLINED")
        #expect(bench.executed.count == 0)
        #expect(try await bench.refusedRetry(first.state).code == .invalidParams)
        #expect(try await bench.refusedRetry(second.state).code == .invalidParams)
    }

    @Test(arguments: ["decline", "cancel"])
    func declineAndCancelExecuteNothingAndLeaveNothingPending(action: String) async throws {
        let (_, state) = try await bench.asked()
        #expect(code(try await bench.retry(state, ["action": .string(action)])) == "APPROVAL_DECLINED")
        #expect(try await bench.refusedRetry(state).code == .invalidParams)
        #expect(bench.executed.count == 0)
        #expect(bench.world.reads == 1)
    }

    @Test func aMissingAnswerIsAskedForAgainAndUsesTheStateUp() async throws {
        let first = try await bench.asked()
        let second = try await bench.asked(responses: ["other": ["action": "accept"]], state: first.state)
        #expect(try await bench.refusedRetry(first.state).code == .invalidParams)
        #expect(try await bench.retry(second.state)["ok"] == true)
    }

    // MARK: A state is worth something once, for the same call of the same caller

    @Test func aStateIsUsedOnce() async throws {
        let (_, state) = try await bench.asked()
        #expect(try await bench.retry(state)["ok"] == true)
        let error = try await bench.refusedRetry(state)
        #expect(error.code == .invalidParams)
        #expect(error.message.contains("used already"))
        #expect(bench.executed.count == 1)
    }

    @Test func ofSimultaneousRetriesExactlyOneExecutes() async throws {
        let bench = bench
        let (_, state) = try await bench.asked()
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 { group.addTask { (try? await bench.retry(state))?["ok"] == true } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 } == 1)
        #expect(bench.executed.count == 1)
    }

    @Test func aStateExpiresAfter120Seconds() async throws {
        let first = try await bench.asked()
        bench.bench.clock.advance(by: .seconds(119))
        let (_, second) = try await bench.asked()
        #expect(try await bench.retry(first.state)["ok"] == true)
        bench.bench.clock.advance(by: .seconds(120))
        let error = try await bench.refusedRetry(second)
        #expect(error.code == .invalidParams)
        #expect(error.message.contains("expired"))
        #expect(bench.executed.count == 1)
    }

    @Test(arguments: ["", "AA", "nonsense", "AQ", String(repeating: "A", count: 70_000)])
    func aStateThatDoesNotOpenIsAnError(state: String) async throws {
        #expect(try await bench.refusedRetry(state).code == .invalidParams)
        #expect(bench.executed.count == 0)
        #expect(bench.world.reads == 0)
    }

    @Test func aStateThatWasAlteredAnywhereIsAnError() async throws {
        let (_, state) = try await bench.asked()
        let bytes = Array(state.utf8)
        for index in stride(from: 0, to: bytes.count, by: 7) {
            var altered = bytes
            altered[index] = altered[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(try await bench.refusedRetry(String(decoding: altered, as: UTF8.self)).code == .invalidParams)
        }
        #expect(bench.executed.count == 0)
        #expect(try await bench.retry(state)["ok"] == true)
    }

    @Test(arguments: [
        Identity(subject: "bob", roles: ["admin"], tenant: "acme"), Identity(subject: "ada", roles: ["admin"], tenant: "other"),
        Identity(subject: "ada", roles: ["admin"], tenant: ""),
    ])
    func aStateOfAnotherCallerIsAnErrorAndStaysUsable(stranger: Identity) async throws {
        let (_, state) = try await bench.asked()
        #expect(try await bench.refusedRetry(state, as: stranger).code == .invalidParams)
        #expect(try await bench.retry(state)["ok"] == true)
        #expect(bench.executed.count == 1)
    }

    @Test(
        arguments: [
            ["ids": [.string(FakeTools.uuid)], "force": true], ["ids": [.string(FakeTools.uuid), .string(FakeTools.uuid)]],
        ] as [JSONObject]
    )
    func aStateOfACallWithOtherArgumentsIsAnError(arguments: JSONObject) async throws {
        let (_, state) = try await bench.asked()
        #expect(try await bench.refusedRetry(state, arguments: arguments).code == .invalidParams)
        #expect(bench.executed.count == 0)
    }

    @Test func theOrderOfArgumentsDoesNotMatter() async throws {
        let (_, state) = try await bench.asked(arguments: ["ids": [.string(FakeTools.uuid)], "force": true])
        #expect(try await bench.retry(state, arguments: ["force": true, "ids": [.string(FakeTools.uuid)]])["ok"] == true)
    }

    @Test func aStateOfAnotherToolIsAnError() async throws {
        let (_, state) = try await bench.asked()
        let other = FakeTools.power()
        #expect(try await bench.refusedRetry(state, arguments: ["action": "stop"], tool: other).code == .invalidParams)
    }

    @Test func aStateOfAnotherServiceIsAnErrorEvenWithTheSameKeys() async throws {
        let key = try #require(RequestStateKey([UInt8](repeating: 7, count: 32)))
        let ours = ConsentBench(stateKeys: [key])
        let theirs = ConsentBench(service: "other", stateKeys: [key])
        let (_, state) = try await ours.asked()
        #expect(try await theirs.refusedRetry(state).code == .invalidParams)
    }

    @Test func replicasThatShareTheKeyRingOpenEachOthersStates() async throws {
        let old = try #require(RequestStateKey([UInt8](repeating: 1, count: 32)))
        let new = try #require(RequestStateKey([UInt8](repeating: 2, count: 32)))
        let (_, state) = try await ConsentBench(stateKeys: [old]).asked()
        let rotated = ConsentBench(stateKeys: [new, old])
        #expect(try await rotated.retry(state)["ok"] == true)
        #expect(try await ConsentBench(stateKeys: [new]).refusedRetry(state).code == .invalidParams)
        #expect(try await ConsentBench().refusedRetry(state).code == .invalidParams)
    }

    @Test func anAnswerWithoutTheStateIsAnError() async throws {
        _ = try await bench.asked()
        let error = try await bench.refusedRetry(nil)
        #expect(error.code == .invalidParams)
        #expect(error.message.contains("requestState is missing"))
        #expect(bench.executed.count == 0)
    }

    @Test(arguments: ["yes", ["action": "maybe"], [:], .null] as [JSONValue])
    func aMalformedAnswerIsAnErrorAndDoesNotUseTheStateUp(answer: JSONValue) async throws {
        let (_, state) = try await bench.asked()
        #expect(try await bench.refusedRetry(state, answer).code == .invalidParams)
        #expect(try await bench.retry(state)["ok"] == true)
    }

    @Test func tooManyUsedStatesRefuseFurtherOnes() async throws {
        for _ in 0..<256 {
            let (_, state) = try await bench.asked()
            _ = try await bench.retry(state, ["action": "decline"])
        }
        let (_, state) = try await bench.asked()
        #expect(code(try await bench.retry(state)) == "APPROVAL_LIMIT_REACHED")
        #expect(bench.executed.count == 0)
    }

    // MARK: After the yes

    @Test func theRoleIsCheckedAgain() async throws {
        let (_, state) = try await bench.asked()
        let demoted = Identity(subject: "ada", roles: ["operator"], tenant: "acme")
        #expect(code(try await bench.retry(state, as: demoted)) == "FORBIDDEN")
        #expect(code(try await bench.retry(state, as: nil)) == "UNAUTHORIZED")
        #expect(bench.executed.count == 0)
    }

    @Test func aTargetThatChangedMeanwhileIsAConflict() async throws {
        let (_, state) = try await bench.asked()
        bench.world[FakeTools.uuid]?.status = "SHUTOFF"
        #expect(code(try await bench.retry(state)) == "CONFLICT_STALE_PREVIEW")
        bench.world[FakeTools.uuid]?.status = "ACTIVE"
        #expect(try await bench.refusedRetry(state).code == .invalidParams)
        #expect(bench.executed.count == 0)
    }

    @Test func aTargetThatIsGoneMeanwhileIsAConflict() async throws {
        let (_, state) = try await bench.asked()
        bench.world[FakeTools.uuid] = nil
        #expect(code(try await bench.retry(state)) == "CONFLICT_STALE_PREVIEW")
        #expect(bench.executed.count == 0)
    }

    @Test func askedAgainTheUserSeesAndConsentsToHowThingsAreThen() async throws {
        let first = try await bench.asked()
        bench.world[FakeTools.uuid]?.name = "web-2"
        let second = try await bench.asked(responses: ["confirm": ConsentBench.typed("x")], state: first.state)
        #expect(second.question.params["message"]?.stringValue?.contains("web-2") == true)
        #expect(try await bench.retry(second.state, ConsentBench.typed("web-2"))["ok"] == true)
    }

    // MARK: What is recorded (consent.md §3)

    @Test func theRoundsAreRecordedAndConnected() async throws {
        let (_, state) = try await bench.asked()
        _ = try await bench.retry(state)
        let asked = try #require(bench.logs.records("approval-issued").first)
        #expect(asked["reason"] == "asked")
        #expect(asked["consent"] == "elicited")
        #expect(asked["call_id"] == "call-1")
        let confirmed = try #require(bench.logs.records("approval-confirmed").first)
        #expect(confirmed["call_id"] == "call-2")
        #expect(confirmed["asked_by_call"] == "call-1")
        #expect(confirmed["targets"] == [.string(FakeTools.uuid)])
        #expect(confirmed["consent"] == "elicited")
        #expect(confirmed["arguments_sha256"] == asked["arguments_sha256"])
        #expect(confirmed["content_sha256"] == asked["content_sha256"])
        #expect(bench.logs.records("tool-ok").map { $0["result"] } == ["input_required", nil])
        #expect(bench.logs.records.count == 4)
    }

    @Test func aDeclineIsRecordedWithTheTargetsThoughNothingWasRead() async throws {
        let (_, state) = try await bench.asked()
        _ = try await bench.retry(state, ["action": "decline"])
        let record = try #require(bench.logs.records("approval-denied").first)
        #expect(record["reason"] == "declined")
        #expect(record["action"] == "delete")
        #expect(record["targets"] == [.string(FakeTools.uuid)])
    }

    @Test func everyWorthlessStateIsRecordedAndNeverShown() async throws {
        let (_, state) = try await bench.asked()
        _ = try await bench.retry(state)
        _ = try await bench.refusedRetry(state)
        _ = try await bench.refusedRetry("nonsense")
        _ = try await bench.refusedRetry(nil)
        let late = try await bench.asked().state
        bench.bench.clock.advance(by: .seconds(121))
        _ = try await bench.refusedRetry(late)
        #expect(
            bench.logs.records("approval-denied").map { $0["reason"] } == ["state-used", "state-invalid", "no-state", "state-expired"]
        )
        #expect(bench.logs.records("tool-error").allSatisfy { $0["code"] == "-32602" })
        #expect(bench.logs.records("tool-bug").isEmpty)
        #expect(!bench.logs.text.contains(state))
    }

    @Test func aThousandTargetsFitIntoAState() async throws {
        let ids = (0..<1_000).map { number in
            let digits = String(number)
            return String(FakeTools.uuid.dropLast(4)) + String(repeating: "0", count: 4 - digits.count) + digits
        }
        let tool = FakeTools.delete(prepare: { _, _ in
            .needsConsent(
                PreparedOperation(
                    action: "delete",
                    members: [:],
                    targets: ids.map { ConsentTarget(id: $0, name: "web") },
                    content: [:],
                    outcomeHint: ""
                )
            )
        })
        let (_, state) = try await bench.asked(tool: tool)
        #expect(state.utf8.count < RequestStateSealer.longestText)
        #expect(try await bench.retry(state, ConsentBench.typed("delete 1000"), tool: tool)["ok"] == true)
    }
}

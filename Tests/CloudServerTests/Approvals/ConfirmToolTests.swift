import AuthCommon
import HuaweiCloud
import JSONRPC
import MCP
import Synchronization
import TestSupport
import Testing

@testable import CloudServer
@testable import MCPServer

/// Phase 2 of approvals.md: the steps of §4, each with its failure and whether it consumes.
@Suite(.timeLimit(.minutes(1))) struct ConfirmToolTests {
    private let bench = ToolBench()
    private let executed = Executions()

    private func issue(_ tool: CloudTool? = nil, as identity: Identity = .admin, on bench: ToolBench? = nil) async throws -> JSONValue {
        let bench = bench ?? self.bench
        return try #require(
            try await bench.data(tool ?? FakeTools.delete(executed: executed), FakeTools.target, as: identity)["approval_id"]
        )
    }

    private func confirmTool(on bench: ToolBench? = nil) throws -> CloudTool {
        try (bench ?? self.bench).confirmTool(FakeTools.delete(executed: executed))
    }

    private func confirm(_ id: JSONValue, as identity: Identity? = .admin, on bench: ToolBench? = nil) async throws -> JSONObject {
        try await (bench ?? self.bench).call(confirmTool(on: bench), ["approval_id": id], as: identity)
    }

    private func code(_ envelope: JSONObject) -> JSONValue? { envelope["error"]?["code"] }

    @Test func aConfirmationExecutesWhatWasPreviewedAndReturnsTheOperationsResult() async throws {
        let id = try await issue()
        let envelope = try await confirm(id)
        #expect(envelope == ["ok": true, "data": ["job_id": "job-1"]])
        #expect(executed.count == 1)
        #expect(executed.last?.content == FakeTools.target)
    }

    @Test func step1WithoutAnIdentityNothingIsExecutedNorConsumed() async throws {
        let id = try await issue()
        #expect(code(try await confirm(id, as: nil)) == "UNAUTHORIZED")
        #expect(try await confirm(id)["ok"] == true)
    }

    @Test func step2AReadonlyCallerIsForbidden() async throws {
        let id = try await issue()
        let error = try #require(try await confirm(id, as: .reader)["error"])
        #expect(error["code"] == "FORBIDDEN")
        #expect(error["message"] == "role-required:operator;caller-has:[readonly]")
        #expect(try await confirm(id)["ok"] == true)
    }

    @Test func step3TheParametersAreChecked() async throws {
        let tool = try confirmTool()
        #expect(try await bench.error(tool)["code"] == "INVALID_PARAMS")
        #expect(try await bench.error(tool, ["approval_id": 5])["code"] == "INVALID_PARAMS")
        #expect(try await bench.error(tool, ["approval_id": .null])["code"] == "INVALID_PARAMS")
        let id = try await issue()
        #expect(try await bench.error(tool, ["approval_id": id, "force": true])["code"] == "INVALID_PARAMS")
    }

    @Test func step4UnknownUsedForeignAndMalformedIdsAreToldTheSame() async throws {
        let used = try await issue()
        _ = try await confirm(used)
        let foreign = try await issue(as: Identity(subject: "bob", roles: ["admin"], tenant: "acme"))
        var answers: Set<JSONValue> = []
        for id in [used, foreign, "", "apr-", "nonsense", .string(ApprovalID(high: 9, low: 9).text)] as [JSONValue] {
            answers.insert(.object(try await confirm(id)))
        }
        #expect(answers.count == 1)
        let error = answers.first?["error"]
        #expect(error?["code"] == "APPROVAL_NOT_FOUND")
        #expect(error?["hint"]?.stringValue?.contains("Repeat the original call") == true)
        #expect(executed.count == 1)
    }

    @Test(arguments: [
        Identity(subject: "bob", roles: ["admin"], tenant: "acme"), Identity(subject: "ada", roles: ["admin"], tenant: "other"),
        Identity(subject: "ada", roles: ["admin"], tenant: ""), Identity(subject: "Ada", roles: ["admin"], tenant: "acme"),
    ])
    func step4AForeignCallerNeitherExecutesNorUsesUp(caller: Identity) async throws {
        let id = try await issue()
        #expect(code(try await confirm(id, as: caller)) == "APPROVAL_NOT_FOUND")
        #expect(executed.count == 0)
        #expect(try await confirm(id)["ok"] == true)
    }

    @Test func step4AnotherServicesConfirmToolNeitherExecutesNorUsesUp() async throws {
        let store = InMemoryApprovalStore(now: { .zero })
        let ours = ToolBench(service: "fake", store: store)
        let theirs = ToolBench(service: "other", store: store)
        let id = try await issue(on: ours)
        #expect(code(try await confirm(id, on: theirs)) == "APPROVAL_NOT_FOUND")
        #expect(try await confirm(id, on: ours)["ok"] == true)
    }

    @Test func step4AnOperationWhoseToolThePolicyOfTheConfirmingCallLeavesOutIsNotThere() async throws {
        let id = try await issue()
        let tool = FakeTools.delete(executed: executed).name
        let restricted = Identity.admin.restricted(to: ToolPolicy(exclude: [tool]))
        #expect(code(try await confirm(id, as: restricted)) == "APPROVAL_NOT_FOUND")
        let included = Identity.admin.restricted(to: ToolPolicy(include: ["*_confirm_destructive", "*_list_*"]))
        #expect(try await confirm(id, as: included)["error"]?["message"] == confirm("nonsense")["error"]?["message"])
        #expect(executed.count == 0)
        let denials = bench.logs.records("approval-denied").filter { $0["reason"] == "tool-policy" }
        #expect(denials.count == 2 && denials.allSatisfy { $0["step"] == 4 })
        #expect(try await confirm(id, as: Identity.admin.restricted(to: ToolPolicy(include: ["*"])))["ok"] == true)
    }

    @Test func step5AnExpiredApprovalIsToldToItsOwnerOnly() async throws {
        let id = try await issue()
        bench.clock.advance(by: .seconds(120))
        bench.clock.advance(by: .milliseconds(1))
        let error = try #require(try await confirm(id)["error"])
        #expect(error["code"] == "APPROVAL_EXPIRED")
        #expect(error["message"]?.stringValue?.contains("120 s") == true)
        #expect(error["hint"]?.stringValue?.contains("Repeat the original call") == true)
        let bob = Identity(subject: "bob", roles: ["admin"], tenant: "acme")
        #expect(code(try await confirm(id, as: bob)) == "APPROVAL_NOT_FOUND")
        #expect(code(try await confirm(id)) == "APPROVAL_EXPIRED")
        bench.clock.advance(by: .seconds(600))
        #expect(code(try await confirm(id)) == "APPROVAL_NOT_FOUND")
        #expect(executed.count == 0)
    }

    @Test func step5AtExactly120SecondsItStillExecutes() async throws {
        let id = try await issue()
        bench.clock.advance(by: .seconds(120))
        #expect(try await confirm(id)["ok"] == true)
    }

    @Test func step6TheCallerMustNowHoldTheRoleOfTheOriginalCall() async throws {
        let id = try await issue()
        let demoted = Identity(subject: "ada", roles: ["operator"], tenant: "acme")
        let error = try #require(try await confirm(id, as: demoted)["error"])
        #expect(error["code"] == "FORBIDDEN")
        #expect(error["message"] == "role-required:admin;caller-has:[operator]")
        #expect(executed.count == 0)
        #expect(try await confirm(id)["ok"] == true)
    }

    @Test func step7OfSimultaneousConfirmsExactlyOneExecutes() async throws {
        let id = try await issue()
        let tool = try confirmTool()
        let codes = try await withThrowingTaskGroup(of: JSONValue?.self) { group in
            for _ in 0..<50 { group.addTask { try await bench.call(tool, ["approval_id": id])["error"]?["code"] } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(executed.count == 1)
        #expect(codes.count { $0 == nil } == 1)
        #expect(codes.count { $0 == "APPROVAL_NOT_FOUND" } == 49)
    }

    @Test func step7ALostRaceIsNotFound() async throws {
        let bench = ToolBench(store: LosingStore())
        let tool = FakeTools.delete(executed: executed)
        let id = try #require(try await bench.data(tool, FakeTools.target)["approval_id"])
        #expect(code(try await confirm(id, on: bench)) == "APPROVAL_NOT_FOUND")
        #expect(bench.logs.records("approval-denied").first?["step"] == 7)
        #expect(executed.count == 0)
    }

    @Test func step8AFailedExecutionConsumesAndSaysThatANewRequestIsNeeded() async throws {
        let tool = FakeTools.delete(execute: { _, _ in
            throw CloudError(code: "Ecs.0605", message: "Locked.", hint: "Unlock it.", requestID: "r-1", statusCode: 409, retryable: false)
        })
        let id = try await issue(tool)
        let confirm = try bench.confirmTool(tool)
        let error = try await bench.error(confirm, ["approval_id": id])
        #expect(error["code"] == "Ecs.0605")
        #expect(error["status_code"] == 409)
        #expect(error["request_id"] == "r-1")
        let hint = try #require(error["hint"]?.stringValue)
        #expect(hint.hasPrefix("Unlock it. "))
        #expect(hint.contains("repeat fake_delete"))
        #expect(try await bench.error(confirm, ["approval_id": id])["code"] == "APPROVAL_NOT_FOUND")
    }

    @Test(arguments: [
        CloudError(code: "UPSTREAM_TIMEOUT", message: "T.", hint: "Unknown.", retryable: false),
        CloudError(code: "UPSTREAM_UNREACHABLE", message: "T.", hint: "Unknown.", retryable: false),
        CloudError(code: "503", message: "T.", statusCode: 503, retryable: false),
        CloudError(code: "UPSTREAM_INVALID_RESPONSE", message: "T.", statusCode: 200, retryable: false),
    ])
    func step8AnUnknownOutcomeIsNotRetryableAndTheHintSaysHowToLook(failure: CloudError) async throws {
        let tool = FakeTools.delete(execute: { _, _ in throw failure })
        let error = try await bench.error(bench.confirmTool(tool), ["approval_id": try await issue(tool)])
        #expect(error["retryable"] == false)
        let hint = try #require(error["hint"]?.stringValue)
        #expect(hint.contains("outcome is unknown"))
        #expect(hint.contains("Look with fake_list."))
    }

    @Test(arguments: [
        CloudError(code: "APIGW.0308", message: "Slow down.", statusCode: 429, retryable: true),
        CloudError(code: "UPSTREAM_UNREACHABLE", message: "Refused.", retryable: true),
    ])
    func step8RepeatingTheConfirmIsNeverRetryable(failure: CloudError) async throws {
        let tool = FakeTools.delete(execute: { _, _ in throw failure })
        let error = try await bench.error(bench.confirmTool(tool), ["approval_id": try await issue(tool)])
        #expect(error["retryable"] == false)
        #expect(error["hint"]?.stringValue?.contains("repeat fake_delete") == true)
        #expect(error["hint"]?.stringValue?.contains("unknown") == false)
    }

    private struct Surprise: Error {}

    @Test func step8ABugInAnExecutionIsAnInternalError() async throws {
        let tool = FakeTools.delete(execute: { _, _ in throw Surprise() })
        let error = try await bench.error(bench.confirmTool(tool), ["approval_id": try await issue(tool)])
        #expect(error["code"] == "INTERNAL_ERROR")
        #expect(bench.logs.records("tool-bug").count == 1)
        #expect(bench.logs.records("approval-confirmed").first?["reason"] == "INTERNAL_ERROR")
    }

    @Test func fromStep7OnCancellingDoesNotStopTheExecution() async throws {
        let started = AsyncStream.makeStream(of: Void.self)
        let release = AsyncStream.makeStream(of: Void.self)
        let cancelled = Mutex(false)
        let tool = FakeTools.delete(execute: { _, _ in
            started.continuation.finish()
            for await _ in release.stream {}
            if Task.isCancelled { cancelled.withLock { $0 = true } }
            return ["job_id": "job-7"]
        })
        let id = try await issue(tool)
        let served = try ToolPipeline(bench.confirmTool(tool), bench.environment).serverTool()
        let context = bench.context(.admin)
        let call = Task { try await served.call(["approval_id": id], context) }
        for await _ in started.stream {}
        call.cancel()
        release.continuation.finish()
        _ = try? await call.value
        #expect(!cancelled.withLock { $0 })
        let record = try #require(bench.logs.records("approval-confirmed").first)
        #expect(record["outcome"] == "ok")
    }

    // MARK: Four eyes (consent.md §1)

    @Test func underFourEyesAnotherSubjectOfTheSameTenantMustConfirm() async throws {
        let bench = ToolBench(policy: .fourEyes)
        let id = try await issue(on: bench)
        #expect(code(try await confirm(id, as: .admin, on: bench)) == "APPROVAL_NOT_FOUND")
        let stranger = Identity(subject: "bob", roles: ["admin"], tenant: "other")
        #expect(code(try await confirm(id, as: stranger, on: bench)) == "APPROVAL_NOT_FOUND")
        #expect(code(try await confirm(id, as: .op, on: bench)) == "FORBIDDEN")
        let bob = Identity(subject: "bob", roles: ["admin"], tenant: "acme")
        #expect(try await confirm(id, as: bob, on: bench)["ok"] == true)
        #expect(executed.last?.subject == "bob")
        let record = try #require(bench.logs.records("approval-confirmed").first)
        #expect(record["sub"] == "bob")
        #expect(record["requested_by"] == "ada")
        #expect(record["consent"] == "four-eyes")
    }

    @Test func underFourEyesTheTextsAskForAnotherPerson() async throws {
        let bench = ToolBench(policy: .fourEyes)
        let data = try await bench.data(FakeTools.delete(), FakeTools.target)
        #expect(data["message"]?.stringValue?.contains("another person") == true)
        let error = try await bench.error(confirmTool(on: bench), ["approval_id": "x"])
        #expect(error["hint"]?.stringValue?.contains("another person") == true)
    }

    // MARK: Audit (approvals.md §5)

    @Test func aConfirmIsRecordedWithToolActionTargetsAndOutcome() async throws {
        _ = try await confirm(try await issue())
        let record = try #require(bench.logs.records("approval-confirmed").first)
        #expect(record["level"] == "INFO")
        #expect(record["tool"] == "fake_delete")
        #expect(record["action"] == "delete")
        #expect(record["targets"] == [.string(FakeTools.uuid)])
        #expect(record["outcome"] == "ok")
        #expect(record["consent"] == "two-phase")
    }

    @Test func aFailedConfirmIsRecordedWithTheCodeAndTheRequestId() async throws {
        let tool = FakeTools.delete(execute: { _, _ in
            throw CloudError(code: "Ecs.0605", message: "Locked.", requestID: "r-1", statusCode: 409, retryable: false)
        })
        try await bench.call(bench.confirmTool(tool), ["approval_id": try await issue(tool)])
        let record = try #require(bench.logs.records("approval-confirmed").first)
        #expect(record["outcome"] == "failed")
        #expect(record["reason"] == "Ecs.0605")
        #expect(record["request_id"] == "r-1")
        #expect(record["level"] == "WARNING")
    }

    @Test func anExecutionThatTheEndOfTheProcessCutsOffIsRecordedAsUnknown() async throws {
        let started = AsyncStream.makeStream(of: Void.self)
        let release = AsyncStream.makeStream(of: Void.self)
        let tool = FakeTools.delete(execute: { _, _ in
            started.continuation.finish()
            for await _ in release.stream {}
            return ["job_id": "job-7"]
        })
        let id = try await issue(tool)
        let confirm = try bench.confirmTool(tool)
        let call = Task { try await bench.call(confirm, ["approval_id": id]) }
        for await _ in started.stream {}
        bench.environment.approvals.executions.abandonAll()
        let record = try #require(bench.logs.records("approval-confirmed").first)
        #expect(record["outcome"] == "unknown")
        #expect(record["reason"] == "shutdown")
        #expect(record["targets"] == [.string(FakeTools.uuid)])
        release.continuation.finish()
        _ = try await call.value
    }

    @Test func theRecordsOfOneOperationCarryTheSameDigestOfItsContent() async throws {
        _ = try await confirm(try await issue())
        let digest = bench.logs.records("approval-issued").first?["content_sha256"]
        #expect(digest?.stringValue?.count == 16)
        #expect(bench.logs.records("approval-confirmed").first?["content_sha256"] == digest)
    }

    @Test func everyDenialIsRecordedWithItsStep() async throws {
        let id = try await issue()
        _ = try await confirm(id, as: nil)
        _ = try await confirm(id, as: .reader)
        _ = try await confirm(5)
        _ = try await confirm("nonsense")
        _ = try await confirm(id, as: Identity(subject: "bob", roles: ["admin"], tenant: "acme"))
        _ = try await confirm(id, as: Identity(subject: "ada", roles: ["operator"], tenant: "acme"))
        bench.clock.advance(by: .seconds(121))
        _ = try await confirm(id)
        let records = bench.logs.records("approval-denied")
        #expect(records.map { $0["step"] } == [1, 2, 3, 4, 4, 6, 5])
        #expect(
            records.map { $0["reason"] } == [
                "no-identity", "role-required:operator;caller-has:[readonly]", "invalid-params", "unknown", "foreign",
                "role-required:admin;caller-has:[operator]", "expired",
            ]
        )
        #expect(records[3]["approval_id"] == "malformed")
        #expect(records[4]["sub"] == "bob")
        #expect(records.allSatisfy { $0["level"] == "WARNING" })
        let digits = try #require(id.stringValue).dropFirst(4)
        #expect(records[4]["approval_id"] == .string(String(digits.prefix(8))))
        #expect(!bench.logs.text.contains(String(digits.prefix(9))))
    }

    @Test func theConfirmToolIsDestructiveNotIdempotentAndForOperators() throws {
        let tool = try confirmTool()
        #expect(tool.name == "fake_confirm_destructive")
        #expect(tool.role.minimum == .operator)
        #expect(tool.effect == .changes(destructive: true, idempotent: false))
        #expect(tool.description.contains("fake_delete"))
        #expect(tool.input.json["properties"]?["approval_id"]?["type"] == "string")
    }
}

/// A store in which somebody else always takes the approval between finding and taking.
private struct LosingStore: ApprovalStore {
    private let store = InMemoryApprovalStore(now: { .zero })

    func put(_ approval: Approval) async throws(ToolError) -> ApprovalLedger.Put { store.put(approval) }
    func find(_ id: ApprovalID) async throws(ToolError) -> ApprovalLedger.Entry? { store.find(id) }
    func take(_ id: ApprovalID) async throws(ToolError) -> Approval? { nil }
}

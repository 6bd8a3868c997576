import AuthCommon
import JSONRPC
import TestSupport
import Testing

@testable import CloudServer

/// Phase 1 of approvals.md.
@Suite(.timeLimit(.minutes(1))) struct PreviewTests {
    private let bench = ToolBench()

    @Test func thePreviewHasTheSharedMembersFirstAndTheToolsOwnAfterThem() async throws {
        let data = try await bench.data(FakeTools.delete(warnings: ["web is locked"]), FakeTools.target)
        #expect(
            data.keys == ["status", "approval_id", "action", "message", "expires_in_seconds", "warnings", "ids", "force"]
        )
        #expect(data["status"] == "pending_approval")
        #expect(data["action"] == "delete")
        #expect(data["expires_in_seconds"] == 120)
        #expect(data["warnings"] == ["web is locked"])
        #expect(data["ids"] == [.string(FakeTools.uuid)])
        #expect(data["approval_id"]?.stringValue.flatMap { ApprovalID($0) } != nil)
    }

    @Test func theMessageTellsToShowAskConfirmAndThatItExpires() async throws {
        let data = try await bench.data(FakeTools.delete(), FakeTools.target)
        let message = try #require(data["message"]?.stringValue)
        for part in ["preview", "explicit yes", "fake_confirm_destructive", "120 s"] { #expect(message.contains(part)) }
        #expect(data["warnings"] == [])
    }

    @Test func nothingIsExecutedInThePreview() async throws {
        let executed = Executions()
        _ = try await bench.data(FakeTools.delete(executed: executed), FakeTools.target)
        #expect(executed.count == 0)
    }

    @Test func aFailedPreparationIssuesNoApproval() async throws {
        let tool = FakeTools.delete(prepare: { _, _ in throw ToolError(code: "NOT_FOUND", message: "Gone.") })
        #expect(try await bench.error(tool, FakeTools.target)["code"] == "NOT_FOUND")
        #expect(bench.logs.records("approval-issued").isEmpty)
    }

    @Test func everyPreviewHasAnIdOfItsOwn() async throws {
        let first = try await bench.data(FakeTools.delete(), FakeTools.target)["approval_id"]
        let second = try await bench.data(FakeTools.delete(), FakeTools.target)["approval_id"]
        #expect(first != second)
    }

    @Test func theLimitPerSubjectAndTenantIsReported() async throws {
        for _ in 0..<32 { _ = try await bench.data(FakeTools.delete(), FakeTools.target) }
        let error = try await bench.error(FakeTools.delete(), FakeTools.target)
        #expect(error["code"] == "APPROVAL_LIMIT_REACHED")
        #expect(error["retryable"] == true)
        #expect(error["hint"]?.stringValue?.contains("120 s") == true)
        let other = Identity(subject: "ada", roles: ["admin"], tenant: "other")
        _ = try await bench.data(FakeTools.delete(), FakeTools.target, as: other)
        bench.clock.advance(by: .seconds(121))
        _ = try await bench.data(FakeTools.delete(), FakeTools.target)
    }

    @Test func aBrokenSourceOfChanceIsABugAndOverwritesNothing() async throws {
        let bench = ToolBench(newID: { ApprovalID(high: 1, low: 1) })
        let first = try await bench.data(FakeTools.delete(), FakeTools.target)
        #expect(try await bench.error(FakeTools.delete(), FakeTools.target)["code"] == "INTERNAL_ERROR")
        let confirm = try bench.confirmTool(FakeTools.delete())
        _ = try await bench.data(confirm, ["approval_id": first["approval_id"] ?? .null])
    }

    @Test func issuingIsRecordedWithTheFirstEightDigitsOnly() async throws {
        let data = try await bench.data(FakeTools.delete(), FakeTools.target)
        let id = try #require(data["approval_id"]?.stringValue)
        let record = try #require(bench.logs.records("approval-issued").first)
        #expect(record["level"] == "INFO")
        #expect(record["tool"] == "fake_delete")
        #expect(record["sub"] == "ada")
        #expect(record["tenant"] == "acme")
        #expect(record["approval_id"] == .string(String(id.dropFirst(4).prefix(8))))
        #expect(record["action"] == "delete")
        #expect(record["targets"] == [.string(FakeTools.uuid)])
        #expect(record["reason"] != nil)
        #expect(!bench.logs.text.contains(String(id.dropFirst(4).prefix(12))))
    }

    @Test func expiryIsRecorded() async throws {
        _ = try await bench.data(FakeTools.delete(), FakeTools.target)
        bench.clock.advance(by: .seconds(121))
        _ = try await bench.data(FakeTools.delete(), FakeTools.target)
        let records = bench.logs.records("approval-expired")
        #expect(records.count == 1)
        #expect(records.first?["sub"] == "ada")
        #expect(records.first?["tool"] == "fake_delete")
    }

    @Test func theSchemaOfAPreviewListsSharedAndOwnMembers() {
        let schema = PreparedOperation.dataSchema(
            members: ["action": ["const": "delete"], "ids": ["type": "array"], "x": [:]],
            required: ["ids"]
        )
        #expect(
            schema["required"] == ["status", "approval_id", "action", "message", "expires_in_seconds", "warnings", "ids"]
        )
        #expect(schema["properties"]?["action"] == ["const": "delete"])
        #expect(schema["additionalProperties"] == nil)
    }
}

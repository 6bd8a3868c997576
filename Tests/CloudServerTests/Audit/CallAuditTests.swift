import AuthCommon
import Foundation
import HuaweiCloud
import JSONRPC
import ProcessSupport
import TestSupport
import Testing

@testable import CloudServer

/// One record for each tool call, and one on the disk before anything is changed.
@Suite(.timeLimit(.minutes(1))) struct CallAuditTests {
    private let folder: String
    private let path: String
    private let bench: ToolBench
    private let executed = Executions()

    init() throws {
        folder = NSTemporaryDirectory() + "call-audit-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        path = folder + "/audit.jsonl"
        let trail = AuditTrail(
            file: try AuditFile(path: path),
            common: ["source": "fake-mcp-server", "service": "fake"],
            redactor: { Redactor(secrets: [Secret("hunter2hunter2")]) }
        )
        bench = ToolBench(trail: trail)
    }

    private static let write = CloudRequest(
        service: .ecs,
        operation: "DeleteServers",
        method: "POST",
        path: "/v1/delete",
        body: Array("{}".utf8),
        idempotency: .write
    )

    /// A tool whose execution asks the gate as the cloud's client does.
    private var delete: CloudTool {
        FakeTools.delete(
            executed: executed,
            execute: { content, context in
                if let gate = CloudGate.current { try await gate(Self.write) }
                executed.add(content, by: context.identity.subject)
                return ["job_id": "job-1"]
            }
        )
    }

    private func records() throws -> [JSONObject] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        _ = try AuditVerifier.verify([path])
        return try text.split(separator: "\n").compactMap { try JSONParser.parse(String($0)).objectValue }
    }

    @Test func aCallLeavesOneRecordWithItsTargetsAndTheDigestOfItsArguments() async throws {
        let arguments: JSONObject = ["name": "hunter2hunter2"]
        try await bench.call(FakeTools.list(), arguments, as: .reader)
        let record = try #require(try records().first)
        #expect(try records().count == 1)
        for (name, value) in [
            ("event", "tool-call"), ("source", "fake-mcp-server"), ("service", "fake"), ("tool", "fake_list"), ("sub", "rita"),
            ("tenant", "acme"), ("roles", ["readonly"]), ("outcome", "ok"), ("gateway_request_id", "gw-1"), ("trace_id", "trace-1"),
            ("cloud_writes", 0),
            ("targets", []),
        ] as [(String, JSONValue)] { #expect(record[name] == value, "\(name)") }
        #expect(record["arguments_sha256"]?.stringValue == AuditDigest.of(arguments.bytes()))
        #expect(record["consent"] == nil)
        #expect(record["call_id"] == bench.logs.records("tool-ok").first?["call_id"])
        #expect(try !String(contentsOfFile: path, encoding: .utf8).contains("hunter2"))
    }

    @Test func refusedAndFailedCallsAreRecordedToo() async throws {
        try await bench.call(delete, FakeTools.target, as: .reader)
        try await bench.call(delete, FakeTools.target, as: nil)
        try await bench.call(FakeTools.list(), ["limit": 0])
        let failing = FakeTools.list { _, _ in
            throw CloudError(code: "Ecs.0114", message: "no", requestID: "req-9", statusCode: 404, retryable: false)
        }
        try await bench.call(failing)
        let records = try records()
        #expect(records.map { $0["outcome"] } == ["denied", "denied", "failed", "failed"])
        #expect(records.map { $0["code"] } == ["FORBIDDEN", "UNAUTHORIZED", "INVALID_PARAMS", "Ecs.0114"])
        #expect(records[1]["sub"] == nil)
        #expect(records[3]["request_id"] == "req-9")
        #expect(records[3]["status_code"] == 404)
    }

    @Test func aDestructiveOperationIsOnRecordBeforeItGoesOutAndAfterwardsWithItsOutcome() async throws {
        let id = try #require(try await bench.data(delete, FakeTools.target)["approval_id"])
        let confirm = try bench.confirmTool(delete)
        #expect(try await bench.call(confirm, ["approval_id": id])["ok"] == true)
        let records = try records()
        #expect(records.map { $0["event"] } == ["tool-call", "cloud-write", "tool-call"])
        #expect(records[0]["outcome"] == "pending")
        #expect(records[0]["consent"] == "two-phase")
        for record in records {
            #expect(record["action"] == "delete")
            #expect(record["targets"]?.arrayValue?.isEmpty == false)
            #expect(record["approval_id"]?.stringValue?.utf8.count == 8)
        }
        let write = records[1]
        #expect(write["operation"] == "DeleteServers")
        #expect(write["cloud_service"] == "ECS")
        #expect(write["body_sha256"]?.stringValue == AuditDigest.of(Array("{}".utf8)))
        #expect(write["operation_tool"] == "fake_delete")
        #expect(records[2]["tool"]?.stringValue == bench.environment.approvals.confirmTool)
        #expect(records[2]["outcome"] == "ok")
        #expect(records[2]["cloud_writes"] == 1)
        #expect(records[2]["consent"] == "two-phase")
    }

    @Test func withoutItsRecordTheDestructiveOperationDoesNotGoOut() async throws {
        let full = ToolBench(trail: try blockedTrail())
        let id = try #require(try await full.data(delete, FakeTools.target)["approval_id"])
        let error = try await full.error(try full.confirmTool(delete), ["approval_id": id])
        #expect(error["code"] == "AUDIT_UNAVAILABLE")
        #expect(executed.count == 0)
        #expect(!full.logs.records("audit-failed").isEmpty)
    }

    @Test func lookingGoesOnWithoutItsRecordWhichIsLogged() async throws {
        let full = ToolBench(trail: try blockedTrail())
        #expect(try await full.call(FakeTools.list(), as: .reader)["ok"] == true)
        #expect(full.logs.records("audit-failed").map { $0["level"] } == ["CRITICAL"])
    }

    @Test func noArgumentIsOnRecord() async throws {
        let arguments: JSONObject = ["name": "a-value-of-an-argument", "nonsense": ["a-key-of-an-argument": 1]]
        try await bench.call(FakeTools.list(), arguments)
        try await bench.call(FakeTools.list(), ["name": "a-value-of-an-argument"])
        #expect(try records().count == 2)
        #expect(try !String(contentsOfFile: path, encoding: .utf8).contains("-an-argument"))
    }

    @Test func theDigestIsOfTheArgumentsAsTheyCame() async throws {
        try await bench.call(FakeTools.list(), ["name": "a", "limit": 1])
        try await bench.call(FakeTools.list(), ["name": "a", "limit": 1])
        try await bench.call(FakeTools.list(), ["name": "a", "limit": 2])
        let digests = try records().compactMap { $0["arguments_sha256"]?.stringValue }
        #expect(digests[0] == digests[1])
        #expect(digests[0] != digests[2])
        #expect(digests.allSatisfy { $0.utf8.count == AuditDigest.length })
    }

    @Test func beginAndEndAreOnRecordAndTheEndOfTheChainInTheLog() async throws {
        let audit = try #require(bench.environment.audit)
        audit.open(["version": "1"])
        try await bench.call(FakeTools.list())
        let before = try #require(try records().last)
        audit.close()
        let records = try records()
        #expect(records.map { $0["event"] } == ["server-started", "tool-call", "server-stopped"])
        #expect(bench.logs.records("audit-opened").first?["seq"] == 0)
        let closed = try #require(bench.logs.records("audit-closed").first)
        #expect(closed["chain_sha256"] == records.last?["hash"])
        #expect(closed["chain_sha256"] != before["hash"])
    }

    /// A trail whose file is full and cannot be put aside.
    private func blockedTrail() throws -> AuditTrail {
        let path = folder + "/full.jsonl"
        let file = try AuditFile(path: path, limit: 1)
        try file.append(["event": "x"], isDurable: false)
        try Data().write(to: URL(fileURLWithPath: "\(path).000000000001"))
        return AuditTrail(file: file, common: [:], redactor: { Redactor() })
    }

    @Test func aDeclinedConfirmationSaysWhy() async throws {
        let id = try #require(try await bench.data(delete, FakeTools.target)["approval_id"])
        let confirm = try bench.confirmTool(delete)
        let bob = Identity(subject: "bob", roles: ["admin"], tenant: "acme")
        try await bench.call(confirm, ["approval_id": id], as: bob)
        let record = try #require(try records().last)
        #expect(record["outcome"] == "denied")
        #expect(record["code"] == "APPROVAL_NOT_FOUND")
        #expect(executed.count == 0)
    }

    @Test(
        "targets are what the arguments name, approvals left out",
        arguments: [
            (["server_ids": ["a", "b"], "limit": 5], ["a", "b"]), (["server_id": "a", "approval_id": "apr-1"], ["a"]),
            (["pipeline_id": "p", "name": "x"], ["p"]), (["server_ids": [1, "b"]], ["b"]), ([:], []),
        ] as [(JSONObject, [String])]
    )
    func targets(arguments: JSONObject, expected: [String]) {
        #expect(AuditTargets.of(arguments) == expected)
    }

    @Test func targetsAreBounded() {
        let many = JSONValue.array(Array(repeating: .string(String(repeating: "x", count: 5_000)), count: 500))
        let targets = AuditTargets.of(["server_ids": many])
        #expect(targets.count == AuditTargets.limit)
        #expect(targets.allSatisfy { $0.utf8.count < 200 })
    }
}

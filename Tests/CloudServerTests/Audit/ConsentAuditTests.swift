import AuthCommon
import Foundation
import HuaweiCloud
import JSONRPC
import ProcessSupport
import Testing

@testable import CloudServer

/// What the audit file says of calls that ask, by every path of consent and with every end.
@Suite(.timeLimit(.minutes(1))) struct ConsentAuditTests {
    private static let write = CloudRequest(
        service: .ecs,
        operation: "DeleteServers",
        method: "POST",
        path: "/v1/delete",
        body: [],
        idempotency: .write
    )

    private let path: String
    private let trail: AuditTrail

    init() throws {
        path = NSTemporaryDirectory() + "consent-audit-\(UUID().uuidString).jsonl"
        trail = AuditTrail(file: try AuditFile(path: path), common: [:], redactor: { Redactor() })
    }

    /// A bench whose execution sends so many requests that change something.
    private func bench(_ policy: ApprovalPolicy = .automatic, writes: Int = 1) -> ConsentBench {
        ConsentBench(policy: policy, trail: trail) { _, _ in
            for _ in 0..<writes { try await CloudGate.current?(Self.write) }
            return ["job_id": "job-1"]
        }
    }

    private func records() throws -> [JSONObject] {
        _ = try AuditVerifier.verify([path])
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try text.split(separator: "\n").compactMap { try JSONParser.parse(String($0)).objectValue }
    }

    private func outcomes() throws -> [JSONValue?] { try records().map { $0["outcome"] ?? $0["event"] } }

    @Test func theAnswerOfTheUserIsTheConsentOnRecord() async throws {
        _ = try await bench(writes: 2).legacy(.types("web-1"))
        let records = try records()
        #expect(try outcomes() == ["cloud-write", "cloud-write", "ok"])
        for record in records {
            #expect(record["consent"] == "elicited")
            #expect(record["action"] == "delete")
            #expect(record["targets"] == [.string(FakeTools.uuid)])
            #expect(record["arguments_sha256"]?.stringValue == AuditDigest.of(FakeTools.target.bytes()))
            #expect(record["call_id"] == records[0]["call_id"])
        }
        #expect(records[2]["cloud_writes"] == 2)
    }

    @Test(
        "whoever does not consent leaves one record and no write",
        arguments: [
            ([.declines], "denied", "APPROVAL_DECLINED"), ([.cancels], "denied", "APPROVAL_DECLINED"),
            ([.types("x"), .types("y")], "denied", "APPROVAL_DECLINED"), ([.disappears], "cancelled", "CANCELLED"),
        ] as [([FakeClient.Reaction], String, String)]
    )
    func refused(reactions: [FakeClient.Reaction], outcome: String, code: String) async throws {
        let bench = bench()
        let call = Task { try await bench.call(bench.context(.admin, client: FakeClient(reactions))) }
        _ = try? await call.value
        let records = try records()
        #expect(records.count == 1)
        #expect(records.first?["outcome"]?.stringValue == outcome)
        #expect(records.first?["code"]?.stringValue == code)
        #expect(records.first?["targets"] == [.string(FakeTools.uuid)])
        #expect(records.first?["consent"] == "elicited")
        #expect(records.first?["cloud_writes"] == 0)
    }

    @Test func bothRoundsOfAModernCallAreOnRecord() async throws {
        let bench = bench()
        let (_, state) = try await bench.asked()
        #expect(try outcomes() == ["asked"])
        _ = try await bench.retry(state)
        #expect(try outcomes() == ["asked", "cloud-write", "ok"])
        #expect(try records().allSatisfy { $0["targets"] == [.string(FakeTools.uuid)] && $0["consent"] == "elicited" })
        #expect(!(try records().contains { $0.bytes().count > 1_500 }))
        // The state was used: another one that comes with it is refused, and on record.
        _ = try await bench.refusedRetry(state)
        #expect(try outcomes().last == "failed")
        #expect(try records().last?["cloud_writes"] == 0)
    }

    @Test func ofFourEyesTheRecordNamesBothPeople() async throws {
        let bench = bench(.fourEyes)
        let id = try #require(try await bench.legacy().envelope["data"]?["approval_id"])
        let confirm = try bench.bench.confirmTool(bench.tool)
        let bob = Identity(subject: "bob", roles: ["admin"], tenant: "acme")
        _ = try await bench.call(bench.context(bob), ["approval_id": id], tool: confirm)
        let records = try records()
        #expect(try outcomes() == ["pending", "cloud-write", "ok"])
        #expect(records.map { $0["sub"] } == ["ada", "bob", "bob"])
        #expect(records.map { $0["requested_by"] } == [nil, "ada", "ada"])
        #expect(records.allSatisfy { $0["consent"] == "four-eyes" && $0["approval_id"] == records[0]["approval_id"] })
        #expect(try !String(contentsOfFile: path, encoding: .utf8).contains(try #require(id.stringValue)))
    }

    @Test func anExecutionThatTheProcessCannotWaitForHasAnUnknownOutcome() async throws {
        let started = AsyncStream.makeStream(of: Void.self)
        let release = AsyncStream.makeStream(of: Void.self)
        let bench = ConsentBench(trail: trail) { _, _ in
            try await CloudGate.current?(Self.write)
            started.continuation.finish()
            for await _ in release.stream {}
            return [:]
        }
        async let call = bench.legacy(.types("web-1"))
        for await _ in started.stream {}
        bench.bench.environment.approvals.executions.abandonAll()
        let records = try records()
        #expect(try outcomes() == ["cloud-write", "unknown"])
        #expect(records.last?["targets"] == [.string(FakeTools.uuid)])
        #expect(records.last?["call_id"] == records.first?["call_id"])
        release.continuation.finish()
        _ = try await call
    }

    @Test func aBugIsAFailedCall() async throws {
        struct Bug: Error {}
        let bench = ConsentBench(trail: trail) { _, _ in throw Bug() }
        _ = try await bench.legacy(.types("web-1"))
        let record = try #require(try records().last)
        #expect(record["outcome"] == "failed")
        #expect(record["code"] == "INTERNAL_ERROR")
    }
}

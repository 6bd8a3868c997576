import AuthCommon
import Foundation
import JSONRPC
import ProcessSupport
import Testing

@testable import Gateway

/// The gateway's audit trail.
@Suite(.timeLimit(.minutes(1))) struct RequestAuditTests {
    private let test: TestConsole
    private let queue: AuditQueue
    private let audit: RequestAudit
    private let path: String

    init() throws {
        test = try TestConsole()
        path = test.path("audit.jsonl")
        queue = AuditQueue(
            file: try AuditFile(path: path, limit: 1_500),
            common: ["source": "mcp-gateway"],
            redactor: { Redactor() },
            onChange: { _ in }
        )
        audit = RequestAudit(queue: queue) { TestToken.now }
    }

    private func records() throws -> [JSONValue] {
        queue.flush()
        let names = try FileManager.default.contentsOfDirectory(atPath: test.folder).filter { $0.hasPrefix("audit.jsonl") }
        let lines = try names.flatMap { try String(contentsOfFile: test.path($0), encoding: .utf8).split(separator: "\n") }
        return try lines.map { try JSONParser.parse(String($0)) }.sorted { ($0["seq"]?.intValue ?? 0) < ($1["seq"]?.intValue ?? 0) }
    }

    private func bench(_ engine: TestEngine) throws -> ProxyBench { try ProxyBench(engine: engine, audit: audit) }

    @Test("one record for each request: allowed, denied, failed, aborted and malformed ones") func outcomes() throws {
        let bench = try bench(TestEngine())
        let token = "Authorization: Bearer \(try TestToken.make(["roles": ["operator"], "jti": "t-1", "tenant": "acme"]))\r\n"
        let client = bench.connect()
        bench.connecting = .fails
        client.post("{}", path: "/open/mcp", fields: token)
        bench.connecting = .succeeds
        client.post("{}", fields: "\(token)X-Request-Id: r-1\r\n")
        bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        client.post("{}")
        client.post("{}", path: "/vault/mcp", fields: token)
        let leaving = bench.connect()
        leaving.post("{}", fields: token)
        leaving.disconnect()
        bench.connect().send("nonsense\r\n\r\n")

        let records = try records()
        #expect(records.map { $0["outcome"] } == ["failed", "allowed", "denied", "denied", "aborted", "denied"])
        #expect(records.map { $0["status"] } == [502, 200, 401, 403, 0, 400])
        let reasons = records.map { $0["reason"]?.stringValue ?? "" }
        #expect(reasons[..<4] == ["upstream-unreachable", "", "missing-bearer-token", "path-rbac:required=[admin]"])
        let first = records[1]
        for (name, value) in [
            ("event", "request"), ("source", "mcp-gateway"), ("request_id", "r-1"), ("service", "ecs"), ("method", "POST"),
            ("path", "/ecs/mcp"), ("sub", "alice"), ("tenant", "acme"), ("roles", ["operator"]), ("jti", "t-1"), ("peer", "127.0.0.1"),
            ("bytes_in", 2), ("bytes_out", 2),
        ] as [(String, JSONValue)] { #expect(first[name] == value, "\(name)") }
        #expect(first["trace_id"]?.stringValue?.utf8.count == 32)
        #expect(!records.contains { $0.text().contains("eyJ") })
    }

    @Test("while records cannot be written, nothing is forwarded") func failsClosed() throws {
        let bench = try bench(TestEngine(isTokenMode: false))
        let client = bench.connect()
        // The name that the full file would get is taken.
        for number in 1...40 { try Data().write(to: URL(fileURLWithPath: "\(path).\(String(format: "%012d", number))")) }
        for _ in 0..<10 {
            client.request("GET /healthz")
            queue.flush()
        }
        #expect(!audit.isHealthy)
        _ = client.received()
        client.post("{}")
        let refused = client.received()
        #expect(refused.hasPrefix("HTTP/1.1 503 "))
        #expect(refused.contains("audit-unavailable") && refused.contains("Retry-After: 1\r\n"))
        #expect(bench.upstreams.isEmpty)
        for number in 1...40 { try FileManager.default.removeItem(atPath: "\(path).\(String(format: "%012d", number))") }
        queue.flush()
        #expect(audit.isHealthy)
        client.post("{}")
        #expect(bench.sent().hasPrefix("POST /mcp "))
        // What could not be written at once is there now.
        #expect(try records().count == 11)
    }
}

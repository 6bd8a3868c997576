import AuthCommon
import JSONRPC
import Testing

@testable import Gateway

@Suite struct AccessLogTests {
    private func record(refusal: Refusal? = nil, aborted: Bool = false) -> AccessRecord {
        AccessRecord(
            requestID: "r1",
            service: "ecs",
            method: "POST",
            path: "/ecs/mcp",
            status: refusal?.status ?? 200,
            duration: .milliseconds(12),
            identity: Identity(subject: "alice", roles: ["admin"], tenant: "t"),
            client: ClientAddress(name: "127.0.0.1"),
            bytesIn: 3,
            bytesOut: 4,
            aborted: aborted,
            refusal: refusal
        )
    }

    @Test("an answered request leaves access with all fields") func access() throws {
        let recorder = LogRecorder()
        AccessLog(log: recorder.log, metrics: Metrics(), development: nil).record(record())
        let fields = try #require(recorder.records.first)
        #expect(recorder.records.count == 1)
        #expect(fields["level"] == "INFO")
        for (name, value) in [
            ("msg", "access"), ("request_id", "r1"), ("service", "ecs"), ("method", "POST"), ("path", "/ecs/mcp"), ("status", 200),
            ("duration_ms", 12), ("sub", "alice"), ("tenant", "t"), ("roles", ["admin"]), ("peer", "127.0.0.1"), ("bytes_in", 3),
            ("bytes_out", 4),
        ] as [(String, JSONValue)] { #expect(fields[name] == value, "\(name)") }
        #expect(fields["aborted"] == nil)
    }

    @Test("a refusal of authentication or authorisation leaves auth-rejected instead") func rejected() throws {
        let recorder = LogRecorder()
        let log = AccessLog(log: recorder.log, metrics: Metrics(), development: nil)
        log.record(record(refusal: Refusal(403, "path-rbac:required=[admin]", kind: .authentication)))
        let fields = try #require(recorder.records.first)
        #expect(recorder.records.count == 1)
        #expect(fields["msg"] == "auth-rejected")
        #expect(fields["level"] == "WARNING")
        #expect(fields["reason"] == "path-rbac:required=[admin]")
        #expect(fields["sub"] == "alice")
        #expect(fields["roles"] == ["admin"])
    }

    @Test("other refusals and aborted requests leave access") func others() {
        let recorder = LogRecorder()
        let log = AccessLog(log: recorder.log, metrics: Metrics(), development: nil)
        log.record(record(refusal: Refusal(404, "not-found")))
        log.record(record(aborted: true))
        #expect(recorder.records.map { $0["msg"] } == ["access", "access"])
        #expect(recorder.records.last?["aborted"] == true)
    }

    @Test("every request in a mode without tokens warns") func development() {
        let recorder = LogRecorder()
        let log = AccessLog(log: recorder.log, metrics: Metrics(), development: .init(mode: .dev, loopbackOnly: true))
        log.record(record())
        log.record(record(refusal: Refusal(404, "not-found")))
        let warnings = recorder.records(of: "dev-mode-request")
        #expect(warnings.count == 2)
        #expect(warnings.first?["level"] == "WARNING")
        #expect(warnings.first?["path"] == "/ecs/mcp")
        #expect(warnings.first?["auth_mode"] == "dev")
    }
}

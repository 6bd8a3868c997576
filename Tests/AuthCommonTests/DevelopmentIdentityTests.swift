import AuthCommon
import JSONRPC
import ProcessSupport
import Synchronization
import Testing

@Suite struct DevelopmentIdentityTests {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
        var log: EventLog {
            let output = LogOutput { line in self.all.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
            return EventLog(logger: "ecs", level: .info, sink: LogSink(format: .json, outputs: [output]))
        }
    }

    @Test(
        "reads MCP_DEV_SUBJECT and MCP_DEV_ROLES",
        arguments: [
            ([:], "dev-local", ["admin"]),
            (["MCP_DEV_SUBJECT": " bob ", "MCP_DEV_ROLES": " readonly , auditor,,"], "bob", ["readonly", "auditor"]),
            (["MCP_DEV_SUBJECT": " ", "MCP_DEV_ROLES": ""], "dev-local", []), (["MCP_DEV_ROLES": " , "], "dev-local", []),
        ] as [([String: String], String, [String])]
    )
    func variables(variables: [String: String], subject: String, roles: [String]) {
        var settings = Settings(environment: Environment(variables))
        let development = DevelopmentIdentity(settings: &settings, log: .disabled)
        #expect(development.assume() == Identity(subject: subject, roles: roles))
        #expect(development.identity.tenant.isEmpty)
        #expect(development.identity.tokenExpiry == nil)
        #expect(settings.problems.isEmpty)
    }

    @Test("the first use logs exactly one warning, also when many come at once", .timeLimit(.minutes(1)))
    func warnsOnce() async throws {
        let lines = Lines()
        let development = DevelopmentIdentity(subject: "bob", roles: ["operator", "auditor"], log: lines.log)
        _ = development.identity
        #expect(lines.all.withLock { $0 }.isEmpty)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { @concurrent in _ = development.assume() } }
        }
        let all = lines.all.withLock { $0 }
        #expect(all.count == 1)
        let record = try JSONParser.parse(all.first ?? "")
        #expect(record["level"] == "WARNING")
        #expect(record["msg"] == "dev-identity")
        #expect(record["sub"] == "bob")
        #expect(record["roles"] == ["operator", "auditor"])
        let detail = try #require(record["detail"]?.stringValue)
        for words in ["NOT behind the MCP gateway", "bob", "operator, auditor", "unsafe in production", "expected in local development"] {
            #expect(detail.contains(words))
        }
    }

    @Test("says so when there are no roles")
    func noRoles() {
        let lines = Lines()
        _ = DevelopmentIdentity(roles: [], log: lines.log).assume()
        #expect(lines.all.withLock { $0 }.first?.contains("dev-local with no roles") == true)
    }
}

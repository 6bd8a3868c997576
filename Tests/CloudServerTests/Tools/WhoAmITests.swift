import AuthCommon
import Foundation
import HuaweiCloud
import JSONRPC
import MCP
import ProcessSupport
import Testing

@testable import CloudServer
@testable import MCPServer

@Suite struct WhoAmITests {
    private static let key = "ABCDEFGHIJKL1234"

    /// Credentials of a source that renews them.
    private struct Temporary: CredentialsProvider {
        let source = "agency"

        func credentials() async throws(CloudError) -> Credentials {
            Credentials(
                accessKeyID: Secret(WhoAmITests.key),
                secretAccessKey: Secret("very-secret-key"),
                securityToken: Secret("token-text-1"),
                expiry: Date(timeIntervalSince1970: 1_768_464_930)
            )
        }
    }

    /// A source that fails.
    private struct Broken: CredentialsProvider {
        func credentials() async throws(CloudError) -> Credentials { throw CloudError(code: "X", message: "no credentials") }
    }

    private struct NoTransport: HuaweiCloud.HTTPTransport {
        func execute(_ request: SignedRequest, timeout: Duration) async throws(TransportFailure) -> TransportResponse {
            Issue.record("whoami asked the cloud")
            throw TransportFailure(.connection, sent: false)
        }
    }

    private func access(_ credentials: any CredentialsProvider = Temporary(), project: String? = nil) -> CloudAccess {
        let client = CloudClient(
            transport: NoTransport(),
            credentials: credentials,
            endpoints: Endpoints(),
            region: "af-south-1",
            userAgent: "test",
            log: .disabled
        )
        return CloudAccess(
            client: client,
            projectID: ProjectIDResolver(configured: project, client: client),
            configuredProjectID: project,
            region: "af-south-1",
            variables: ServerVariables(["FAKE_ZONE": "Asia/Shanghai"])
        )
    }

    /// What the tool of a server says to a caller.
    private func whoami<Definition: CloudServerDefinition>(
        _ definition: Definition.Type,
        _ access: CloudAccess,
        as identity: Identity = .admin,
        policy: ApprovalPolicy = .automatic,
        filter: ToolFilter = ToolFilter()
    ) async throws -> JSONObject {
        let bench = ToolBench(policy: policy, service: Definition.service)
        let tools = try Toolbox(definition, access, filter: filter, approvals: bench.environment.approvals).serverTools(bench.environment)
        let tool = try #require(tools.first { $0.definition.name == "\(Definition.service)_whoami" })
        let result = try await tool.call([:], bench.context(identity))
        return try #require(result.structuredContent?["data"]?.objectValue)
    }

    @Test func tellsEverythingThatIsKnownWithoutAsking() async throws {
        let identity = Identity(subject: "ada", roles: ["admin", "extra"], tenant: "acme", tokenExpiry: 1_768_464_931)
        let data = try await whoami(FakeServer.self, access(project: "p1"), as: identity)
        let lines = [
            #"{"subject":"ada","tenant":"acme","roles":["admin","extra"],"token_expires_at":"2026-01-15T08:15:31Z","region":"af-south-1","#,
            #""project_id":"p1","project_id_source":"configured","credentials":{"access_key":"ABCD****1234","temporary":true,"#,
            #""source":"agency","expires_at":"2026-01-15T08:15:30Z"},"approval_policy":"auto","settings":{"FAKE_ZONE":"Asia/Shanghai"},"#,
            #""tools":["fake_list","fake_power","fake_delete","fake_whoami","fake_confirm_destructive"]}"#,
        ]
        #expect(data.text() == lines.joined())
    }

    @Test func tellsNoSecret() async throws {
        let text = try await whoami(FakeServer.self, access()).text()
        for secret in [Self.key, "very-secret-key", "token-text-1"] { #expect(!text.contains(secret)) }
    }

    @Test func whatIsNotKnownIsNull() async throws {
        let data = try await whoami(FakeServer.self, access(Broken()))
        #expect(data["project_id"] == .null)
        #expect(data["project_id_source"] == "lookup")
        #expect(data["token_expires_at"] == .null)
        #expect(data["credentials"] == ["access_key": .null, "temporary": .null, "source": "unknown", "expires_at": .null])
        let permanent = StaticCredentials(Credentials(accessKeyID: Secret("12345678"), secretAccessKey: Secret("s")))
        #expect(
            try await whoami(FakeServer.self, access(permanent))["credentials"]
                == ["access_key": "****", "temporary": false, "source": "configuration", "expires_at": .null]
        )
    }

    @Test(arguments: [Int64.min, -1, Int64.max])
    func anExpiryThatNoCalendarHasIsNull(_ expiry: Int64) async throws {
        let identity = Identity(subject: "ada", roles: ["readonly"], tokenExpiry: expiry)
        #expect(try await whoami(FakeServer.self, access(), as: identity)["token_expires_at"] == .null)
    }

    @Test func aServerThatOnlySendsItsProjectAlongNeverLooksItUp() async throws {
        #expect(try await whoami(FakePipelineServer.self, access())["project_id_source"] == "none")
        let data = try await whoami(FakePipelineServer.self, access(project: "p1"))
        #expect(data["project_id"] == "p1")
        #expect(data["project_id_source"] == "configured")
    }

    @Test func theToolsAreThoseThatTheCallerMayUseNow() async throws {
        #expect(try await whoami(FakeServer.self, access(), as: .reader)["tools"] == ["fake_list", "fake_whoami"])
        #expect(
            try await whoami(FakeServer.self, access(), as: .op)["tools"] == [
                "fake_list", "fake_power", "fake_whoami", "fake_confirm_destructive",
            ]
        )
        let filter = ToolFilter(exclude: [Glob("fake_list")])
        #expect(try await whoami(FakeServer.self, access(), as: .reader, filter: filter)["tools"] == ["fake_whoami"])
        // Under the policy elicit, what destroys is not for clients that cannot ask.
        #expect(try await whoami(FakeServer.self, access(), policy: .elicit)["tools"] == ["fake_list", "fake_whoami"])
    }

    @Test func aToolPolicyHoldsHereToo() async throws {
        let policy = try #require(ToolPolicy(include: ["*_whoami", "fake_power"], exclude: []))
        #expect(
            try await whoami(FakeServer.self, access(), as: Identity.admin.restricted(to: policy))["tools"] == [
                "fake_power", "fake_whoami",
            ]
        )
    }
}

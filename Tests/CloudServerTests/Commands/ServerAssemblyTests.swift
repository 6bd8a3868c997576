import AuthCommon
import Foundation
import HuaweiCloud
import JSONRPC
import MCP
import MCPServer
import ProcessSupport
import TestSupport
import Testing

@testable import CloudServer

@Suite struct ServerAssemblyTests {
    private struct NoTransport: HuaweiCloud.HTTPTransport {
        func execute(_ request: SignedRequest, timeout: Duration) async throws(TransportFailure) -> TransportResponse {
            throw TransportFailure(.connection, sent: false)
        }
    }

    private func assemble<Definition: CloudServerDefinition>(
        _ changes: [String: String] = [:],
        _ arguments: [String] = [],
        as definition: Definition.Type = FakeServer.self
    ) throws -> (ServerAssembly<Definition>, StartRecord<Definition>, LogCapture) {
        let environment = LaunchTests.complete.merging(changes) { $1 }
        let configuration = try #require(LaunchTests.launch(arguments, environment, as: definition).configuration)
        let logs = LogCapture(secrets: configuration.secrets)
        let assembly = ServerAssembly<Definition>(
            configuration,
            log: logs.log,
            redactor: logs.sink.redactor,
            transport: NoTransport(),
            sources: .system
        )
        return (assembly, StartRecord(configuration, assembly), logs)
    }

    @Test func theServerNamesItselfByItsExecutable() throws {
        let server = try assemble().0.server()
        #expect(server.info.name == "fake-mcp-server")
        #expect(server.info.title == "Fake")
        #expect(server.instructions == "Use with care.")
        #expect(
            server.tools.map(\.definition.name)
                == ["fake_list", "fake_power", "fake_delete", "fake_whoami", "fake_confirm_destructive"]
        )
    }

    @Test func aToolRemovedByAFilterDoesNotExist() throws {
        let server = try assemble(["MCP_EXCLUDE_TOOLS": "fake_[lp]*"]).0.server()
        #expect(server.tools.map(\.definition.name) == ["fake_delete", "fake_whoami", "fake_confirm_destructive"])
    }

    @Test func theStartRecordTellsTheShapeOfTheAccessKeyAndNothingOfTheRest() throws {
        let key = "ABCDEFGHIJKL1234"
        let (_, record, logs) = try assemble(["HUAWEICLOUD_ACCESS_KEY_ID": key, "HUAWEICLOUD_SECURITY_TOKEN": "token-text-1"])
        record.started(at: "stdio", logs.log)
        let fields = try #require(logs.records("server-started").first)
        #expect(fields["level"] == "INFO")
        #expect(fields["service"] == "fake")
        #expect(fields["version"] == .string(ProductVersion.current))
        #expect(fields["transport"] == "stdio")
        #expect(fields["address"] == "stdio")
        #expect(fields["region"] == "af-south-1")
        #expect(fields["project_id_source"] == "lookup")
        #expect(fields["tools"]?.arrayValue?.count == 5)
        #expect(fields["access_key"] == "ABCD****1234")
        #expect(fields["secret_key"] == "set")
        #expect(fields["security_token"] == "set")
        for secret in [key, "very-secret-key", "token-text-1"] { #expect(!logs.text.contains(secret)) }
    }

    @Test(arguments: [("12345678", "****"), ("123456789", "1234****6789")])
    func anAccessKeyOfEightCharactersOrFewerIsNotShown(key: String, shown: String) throws {
        let (_, record, logs) = try assemble(["HUAWEICLOUD_ACCESS_KEY_ID": key])
        record.started(at: "x", logs.log)
        #expect(logs.records("server-started").first?["access_key"] == .string(shown))
        #expect(logs.records("server-started").first?["security_token"] == "unset")
    }

    @Test func theSourceOfTheProjectIdIsTold() throws {
        #expect(try assemble(["HUAWEICLOUD_PROJECT_ID": "p"]).0.projectIDSource == "configured")
        #expect(try assemble(as: FakePipelineServer.self).0.projectIDSource == "none")
        #expect(try assemble(["HUAWEICLOUD_PROJECT_ID": "p"], as: FakePipelineServer.self).0.projectIDSource == "configured")
    }

    @Test func anUnsupportedRegionIsWarnedAbout() throws {
        let (_, record, logs) = try assemble(["HUAWEICLOUD_REGION": "moon-1"])
        record.warn(logs.log)
        #expect(logs.records("region-unknown").first?["level"] == "WARNING")
    }

    @Test func anOverrideMakesARegionKnown() throws {
        let (_, record, logs) = try assemble(["HUAWEICLOUD_REGION": "moon-1", "HUAWEICLOUD_SDK_REGION_ECS_MOON_1": "http://127.0.0.1:1"])
        record.warn(logs.log)
        #expect(logs.records.isEmpty)
    }

    @Test func anOpenListenerIsCritical() throws {
        let (_, record, logs) = try assemble(["MCP_TRANSPORT": "sse", "MCP_HOST": "0.0.0.0"], ["--allow-unauthenticated"])
        record.warn(logs.log)
        #expect(logs.records("unauthenticated-listener").first?["level"] == "CRITICAL")
    }

    @Test func fourEyesWithoutIdentitiesIsWarnedAbout() throws {
        let (_, record, logs) = try assemble(["MCP_APPROVAL_POLICY": "four-eyes"])
        record.warn(logs.log)
        #expect(logs.records("four-eyes-impossible").count == 1)
    }

    @Test func oddFiltersAreWarnedAbout() throws {
        let (_, record, logs) = try assemble(["MCP_EXCLUDE_TOOLS": "nothing_*"])
        record.warn(logs.log)
        #expect(logs.records("tool-filter").count == 1)
    }

    @Test func toolsCanBeListedWithoutAConfiguration() async throws {
        let access = CloudAccess.unconfigured
        #expect(FakeServer.tools(access).count == 3)
        await #expect(throws: CloudError.self) { try await access.projectID.projectID() }
        await #expect(throws: CloudError.self) {
            try await access.client.send(CloudRequest(service: .ecs, operation: "X", method: "GET", path: "/", idempotency: .read))
        }
    }
}

import AuthCommon
import JSONRPC
import MCP
import Testing

@testable import MCPServer

/// A tool outside the caller's policy does not exist for that message.
@Suite(.timeLimit(.minutes(1))) struct ToolPolicyTests {
    private let session = LegacySession(id: "s", owner: nil)

    private func send(_ text: String, as policy: ToolPolicy?) async throws -> JSONValue? {
        let server = Fixture.server([try Fixture.tool("list_things"), try Fixture.tool("delete_thing")])
        let origin = MessageOrigin(identity: Fixture.identity.restricted(to: policy), transport: .streamableHTTP)
        return await LegacyDispatcher(server: server)
            .receive(Array(text.utf8), in: session, from: origin, sink: RecordingSink())
            .value()
    }

    private func names(_ policy: ToolPolicy?) async throws -> [String]? {
        let list = try await send(#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#, as: policy)
        return list?["result"]?["tools"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
    }

    @Test func onlyWhatThePolicyKeepsIsListed() async throws {
        _ = try await send(Fixture.initialize(), as: nil)
        #expect(try await names(nil) == ["list_things", "delete_thing"])
        #expect(try await names(ToolPolicy(include: ["list_*"])) == ["list_things"])
        #expect(try await names(ToolPolicy(exclude: ["*"])) == [])
    }

    @Test func aToolOutsideThePolicyIsAsUnknownAsOneThatNeverWas() async throws {
        _ = try await send(Fixture.initialize(), as: nil)
        let policy = try #require(ToolPolicy(exclude: ["delete_*"]))
        let hidden = try await send(Fixture.call("delete_thing"), as: policy)
        let missing = try await send(Fixture.call("delete_thinx"), as: policy)
        #expect(hidden?["error"]?["code"] == -32602)
        #expect(hidden?["error"]?["message"] == "Unknown tool: delete_thing")
        #expect(missing?["error"]?["message"] == "Unknown tool: delete_thinx")
        #expect(try await send(Fixture.call("list_things"), as: policy)?["result"]?["isError"] != true)
    }

    @Test func thePolicyIsThatOfTheMessageAndNotOfTheSession() async throws {
        _ = try await send(Fixture.initialize(), as: ToolPolicy(exclude: ["delete_*"]))
        #expect(try await send(Fixture.call("delete_thing"), as: nil)?["result"] != nil)
        let other = try #require(ToolPolicy(include: ["list_*"]))
        #expect(try await send(Fixture.call("delete_thing"), as: other)?["error"]?["code"] == -32602)
    }
}

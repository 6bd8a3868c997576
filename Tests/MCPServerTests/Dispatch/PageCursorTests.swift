import JSONRPC
import MCP
import Testing

@testable import MCPServer

/// mcp.md §3.3: pagination.
@Suite(.timeLimit(.minutes(1))) struct PageCursorTests {
    private func start(_ cursor: JSONValue?, list: String = "resources", count: Int = 25) throws -> Int {
        var params: JSONObject = [:]
        params["cursor"] = cursor
        return try PageCursor.start(params, list: list, count: count)
    }

    @Test func withoutACursorTheFirstPageStarts() throws {
        #expect(try PageCursor.start(nil, list: "resources", count: 25) == 0)
        #expect(try start(nil) == 0)
        #expect(try start(.null) == 0)
    }

    @Test func ownCursorLeadsToItsPage() throws {
        #expect(try start(.string(PageCursor.text(list: "resources", start: 10))) == 10)
    }

    @Test(
        arguments: [
            "", "10", "resources", "resources.", "resources.0", "resources.-1", "resources.25", "resources.+5", "resources.05",
            "resources.5 ",
            "tools.5", "resources.99999999999999999999", 10, [], ["a": 1], true,
        ] as [JSONValue]
    )
    func everythingElseIsInvalidParams(_ cursor: JSONValue) {
        #expect(throws: JSONRPCError.self) { try start(cursor) }
    }

    @Test func pagesTogetherAreTheListInItsOrder() async throws {
        let server = try Modern.server()
        var uris: [String] = []
        var cursor: JSONValue?
        var pages = 0
        repeat {
            var params: JSONObject = [:]
            params["cursor"] = cursor
            let result = await Modern.answer(to: Modern.request("resources/list", params), by: server)?["result"]
            uris += result?["resources"]?.arrayValue?.compactMap { $0["uri"]?.stringValue } ?? []
            #expect(result?["cacheScope"] == "private", "the same on all pages")
            cursor = result?["nextCursor"]
            pages += 1
        } while cursor != nil && pages < 10
        #expect(uris == ["r://1", "r://2", "r://3", "r://4", "r://5"])
        #expect(pages == 3)
    }

    @Test(arguments: ["tools/list", "prompts/list", "resources/templates/list"])
    func cursorOfAnotherListIsInvalidParams(_ method: String) async throws {
        let request = Modern.request(method, ["cursor": "resources.2"])
        #expect(await Modern.answer(to: request, by: try Modern.server())?["error"]?["code"] == -32602)
    }
}

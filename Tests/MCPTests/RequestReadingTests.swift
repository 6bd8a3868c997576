import JSONRPC
import Testing

@testable import MCP

@Suite struct RequestReadingTests {
    private let valid: JSONObject = [
        "protocolVersion": "2025-11-25", "capabilities": ["elicitation": [:]], "clientInfo": ["name": "c", "version": "1"],
    ]

    @Test func readsInitialize() throws {
        let request = try InitializeRequest(params: valid)
        #expect(request.clientInfo.name == "c")
        #expect(request.capabilities.formElicitation)
        #expect(!request.capabilities.urlElicitation)
    }

    @Test(arguments: ["protocolVersion", "capabilities", "clientInfo"])
    func namesTheMissingParameterOfInitialize(_ member: String) {
        var params = valid
        params[member] = nil
        let error = #expect(throws: JSONRPCError.self) { try InitializeRequest(params: params) }
        #expect(error?.code == .invalidParams)
        #expect(error?.message.contains(member) == true)
    }

    @Test func callWithoutArgumentsHasEmptyOnes() throws {
        #expect(try CallToolRequest(params: ["name": "t"]).arguments.isEmpty)
    }

    @Test(arguments: [JSONValue.null, 1, "x", [1], true])
    func argumentsMustBeAnObject(_ arguments: JSONValue) {
        #expect(throws: JSONRPCError.self) { try CallToolRequest(params: ["name": "t", "arguments": arguments]) }
    }

    @Test func progressTokenIsAStringOrAnInteger() {
        #expect(ProgressNotification.token(of: ["_meta": ["progressToken": "p"]]) == "p")
        #expect(ProgressNotification.token(of: ["_meta": ["progressToken": 7]]) == 7)
        #expect(ProgressNotification.token(of: ["_meta": ["progressToken": true]]) == nil)
        #expect(ProgressNotification.token(of: ["_meta": [:]]) == nil)
        #expect(ProgressNotification.token(of: nil) == nil)
    }

    @Test func progressMessageExistsFrom2025March() {
        let progress = ProgressNotification(token: 1, progress: 50, total: 100, message: "half")
        #expect(progress.notification(.v2024_11_05).params == ["progressToken": 1, "progress": 50, "total": 100])
        #expect(progress.notification(.v2025_03_26).params?["message"] == "half")
    }

    @Test func cancelledIgnoresMalformedTargets() {
        #expect(CancelledNotification(params: ["requestId": "1"])?.requestID == .string("1"))
        #expect(CancelledNotification(params: ["requestId": .null]) == nil)
        #expect(CancelledNotification(params: nil) == nil)
    }

    @Test func namesFromTheClientAreShownWithoutControlCharactersAndCut() {
        #expect(JSONRPCError.shown("a\u{1B}[31m\nb") == "a [31m b")
        #expect(JSONRPCError.shown(String(repeating: "x", count: 1000)).count == 128)
    }
}

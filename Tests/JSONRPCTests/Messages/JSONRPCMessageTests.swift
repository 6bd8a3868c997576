import JSONRPC
import Testing

@Suite struct JSONRPCMessageTests {
    @Test(
        "messages are written as JSON-RPC 2.0 has them, and read back",
        arguments: [
            (.request(JSONRPCRequest(id: 1, method: "ping")), #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#),
            (
                .request(JSONRPCRequest(id: "a", method: "tools/call", params: ["name": "x"])),
                #"{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"x"}}"#
            ),
            (.notification(JSONRPCNotification(method: "n")), #"{"jsonrpc":"2.0","method":"n"}"#),
            (.notification(JSONRPCNotification(method: "n", params: [:])), #"{"jsonrpc":"2.0","method":"n","params":{}}"#),
            (.response(JSONRPCResponse(id: 7, result: .null)), #"{"jsonrpc":"2.0","id":7,"result":null}"#),
            (
                .response(JSONRPCResponse(id: 7, error: JSONRPCError(code: .methodNotFound, message: "no"))),
                #"{"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"no"}}"#
            ),
            (
                .response(JSONRPCResponse(id: nil, error: JSONRPCError(code: .init(5), message: "no", data: [1]))),
                #"{"jsonrpc":"2.0","error":{"code":5,"message":"no","data":[1]}}"#
            ),
        ] as [(JSONRPCMessage, String)]
    )
    func writing(message: JSONRPCMessage, text: String) throws {
        #expect(String(decoding: message.bytes(), as: UTF8.self) == text)
        #expect(message.json.text() == text)
        #expect(try JSONRPCDecoder.decode(message.bytes()) == .single(message))
    }

    @Test("each kind writes itself")
    func kinds() {
        let request = JSONRPCRequest(id: 1, method: "m")
        #expect(request.bytes() == JSONRPCMessage.request(request).bytes())
        let notification = JSONRPCNotification(method: "m")
        #expect(notification.bytes() == JSONRPCMessage.notification(notification).bytes())
        let response = JSONRPCResponse(id: 1, result: [:])
        #expect(response.bytes() == JSONRPCMessage.response(response).bytes())
    }

    @Test("an id that is not known is left out, never null")
    func unknownID() {
        let invalid = InvalidMessage(error: JSONRPCError(code: .parseError, message: "no"))
        #expect(invalid.response.json["id"] == nil)
        #expect(!String(decoding: invalid.response.bytes(), as: UTF8.self).contains("id"))
    }
}

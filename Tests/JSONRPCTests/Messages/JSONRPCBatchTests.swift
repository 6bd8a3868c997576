import JSONRPC
import Testing

@Suite struct JSONRPCBatchTests {
    private func batch(_ text: String) throws -> [Result<JSONRPCMessage, InvalidMessage>] {
        guard case .batch(let elements) = try JSONRPCDecoder.decode(Array(text.utf8)) else { return [] }
        return elements
    }

    @Test("bad elements are refused in their places, each with its id")
    func mixed() throws {
        let elements = try batch(
            #"""
            [ {"jsonrpc":"2.0","id":1,"method":"a"}, 7, {"jsonrpc":"2.0","id":2}, {"jsonrpc":"2.0","id":3,"id":3,"method":"x"},
              {"jsonrpc":"2.0","method":"n"}, [], {"jsonrpc":"2.0","id":4,"method":"m","params":{"a":1,"a":1}}, {"jsonrpc":"2.0","id":5,"result":1} ]
            """#
        )
        #expect(elements.count == 8)
        #expect(try elements[0].get() == .request(JSONRPCRequest(id: 1, method: "a")))
        #expect(try elements[4].get() == .notification(JSONRPCNotification(method: "n")))
        #expect(try elements[7].get() == .response(JSONRPCResponse(id: 5, result: 1)))
        let ids: [Int: RequestID?] = [1: nil, 2: 2, 3: nil, 5: nil, 6: 4]
        for (index, id) in ids {
            guard case .failure(let invalid) = elements[index] else {
                Issue.record("element \(index) was accepted")
                continue
            }
            #expect(invalid.error.code == .invalidRequest)
            #expect(invalid.id == id)
        }
    }

    @Test("an empty batch is an invalid request", arguments: ["[]", " [ \n] "])
    func empty(text: String) {
        let error = #expect(throws: InvalidMessage.self) { try JSONRPCDecoder.decode(Array(text.utf8)) }
        #expect(error?.error.code == .invalidRequest)
    }

    @Test("a batch that is no JSON is a parse error as a whole", arguments: ["[1,]", "[{}", "[{}]]", "[{},{\"a\"}]"])
    func malformed(text: String) {
        let error = #expect(throws: InvalidMessage.self) { try JSONRPCDecoder.decode(Array(text.utf8)) }
        #expect(error?.error.code == .parseError)
    }

    @Test("a batch has a largest length")
    func length() throws {
        func text(_ count: Int) -> String { "[" + [String](repeating: "0", count: count).joined(separator: ",") + "]" }
        #expect(try batch(text(JSONRPCDecoder.maximumBatch)).count == JSONRPCDecoder.maximumBatch)
        let error = #expect(throws: InvalidMessage.self) { try batch(text(JSONRPCDecoder.maximumBatch + 1)) }
        #expect(error?.error.code == .invalidRequest)
    }
}

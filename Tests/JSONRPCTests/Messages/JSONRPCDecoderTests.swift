import JSONRPC
import Testing

@Suite struct JSONRPCDecoderTests {
    private func decode(_ text: String) throws -> JSONRPCMessage? {
        guard case .single(let message) = try JSONRPCDecoder.decode(Array(text.utf8)) else { return nil }
        return message
    }

    private func refusal(_ bytes: [UInt8]) -> InvalidMessage? {
        do throws(InvalidMessage) {
            _ = try JSONRPCDecoder.decode(bytes)
            return nil
        } catch {
            return error
        }
    }

    private func refusal(_ text: String) -> InvalidMessage? { refusal(Array(text.utf8)) }

    @Test("reads every kind of message")
    func kinds() throws {
        #expect(
            try decode(#"{"id":"x","params":{"a":1},"method":"m","jsonrpc":"2.0","extra":[]}"#)
                == .request(JSONRPCRequest(id: "x", method: "m", params: ["a": 1]))
        )
        #expect(try decode(#" {"jsonrpc":"2.0","method":"m"} "#) == .notification(JSONRPCNotification(method: "m")))
        #expect(try decode(#"{"jsonrpc":"2.0","id":1,"result":{}}"#) == .response(JSONRPCResponse(id: 1, result: [:])))
        #expect(try decode(#"{"jsonrpc":"2.0","id":1,"result":null}"#) == .response(JSONRPCResponse(id: 1, result: .null)))
        let error = JSONRPCError(code: .internalError, message: "m", data: nil)
        #expect(
            try decode(#"{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"m"}}"#)
                == .response(JSONRPCResponse(id: 1, error: error))
        )
    }

    @Test("an error about an unreadable request has no id or a null one", arguments: [#""id":null,"#, ""])
    func errorWithoutID(id: String) throws {
        let error = JSONRPCError(code: .parseError, message: "m")
        #expect(
            try decode(#"{"jsonrpc":"2.0",\#(id)"error":{"code":-32700,"message":"m"}}"#)
                == .response(JSONRPCResponse(id: nil, error: error))
        )
    }

    @Test("the digits of an id are kept")
    func digits() throws {
        let message = try #require(try decode(#"{"jsonrpc":"2.0","id":1.0,"method":"m"}"#))
        #expect(message.json["id"]?.text() == "1.0")
    }

    @Test(
        "what is no JSON is a parse error without an id",
        arguments: [
            "", "hello", #"{"jsonrpc":"2.0","id":1,"method":"tools/li"#, #"{"jsonrpc":"2.0","id":1,"method":"a"} trailing"#,
            "{'jsonrpc':'2.0'}", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/\u{1}list\"}",
            #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"cursor":NaN}}"#, "[1,", "[] []", "\u{FEFF}{}", #"{"id":1,"id":2,"#,
            #"{"jsonrpc":"2.0","id":1,"method":"\ud800"}"#,
        ]
    )
    func parseErrors(text: String) throws {
        let invalid = try #require(refusal(text))
        #expect(invalid.error.code == .parseError)
        #expect(invalid.id == nil)
        #expect(invalid.error.message.hasPrefix("Parse error: "))
    }

    @Test("bad UTF-8, too deep and too large are parse errors")
    func limits() throws {
        let bad = Array(#"{"jsonrpc":"2.0","id":1,"method":""#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8)
        #expect(refusal(bad)?.error.code == .parseError)
        #expect(refusal(String(repeating: "[", count: 5_000))?.error.code == .parseError)
        #expect(throws: InvalidMessage.self) {
            try JSONRPCDecoder.decode(Array(#"{"jsonrpc":"2.0","method":"m"}"#.utf8), limits: JSONLimits(maximumBytes: 10))
        }
    }

    @Test(
        "JSON that is no message is an invalid request, which repeats the id where it could be read",
        arguments: [
            ("42", nil), ("\"tools/list\"", nil), ("null", nil), ("true", nil), ("{}", nil), ("[]", nil),
            (#"{"id":1,"method":"m"}"#, 1), (#"{"jsonrpc":"1.0","id":1,"method":"m"}"#, 1),
            (#"{"jsonrpc":2.0,"id":"a","method":"m"}"#, "a"),
            (#"{"jsonrpc":null,"id":1,"method":"m"}"#, 1), (#"{"jsonrpc":"2.0","id":null,"method":"m"}"#, nil),
            (#"{"jsonrpc":"2.0","id":{},"method":"m"}"#, nil), (#"{"jsonrpc":"2.0","id":[1],"method":"m"}"#, nil),
            (#"{"jsonrpc":"2.0","id":true,"method":"m"}"#, nil), (#"{"jsonrpc":"2.0","id":1.5,"method":"m"}"#, nil),
            (#"{"jsonrpc":"2.0","id":1}"#, 1), (#"{"jsonrpc":"2.0","id":1,"method":7}"#, 1),
            (#"{"jsonrpc":"2.0","id":1,"method":null}"#, 1),
            (#"{"jsonrpc":"2.0","id":1,"method":"m","result":{}}"#, 1), (#"{"jsonrpc":"2.0","id":1,"method":"m","error":{}}"#, 1),
            (#"{"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1,"message":"m"}}"#, 1), (#"{"jsonrpc":"2.0","result":{}}"#, nil),
            (#"{"jsonrpc":"2.0","id":null,"result":{}}"#, nil), (#"{"jsonrpc":"2.0","id":true,"error":{"code":1,"message":"m"}}"#, nil),
            (#"{"jsonrpc":"2.0","id":1,"error":{"code":1.5,"message":"m"}}"#, 1), (#"{"jsonrpc":"2.0","id":1,"error":{"code":1}}"#, 1),
            (#"{"jsonrpc":"2.0","id":1,"error":"m"}"#, 1), (#"{"jsonrpc":"2.0","id":1,"error":null}"#, 1),
            (#"{"jsonrpc":"2.0","method":"m","params":[1]}"#, nil), (#"{"jsonrpc":"2.0","method":"m","params":null}"#, nil),
        ] as [(String, RequestID?)]
    )
    func invalidRequests(text: String, id: RequestID?) throws {
        let invalid = try #require(refusal(text))
        #expect(invalid.error.code == .invalidRequest)
        #expect(invalid.id == id)
        #expect(invalid.error.message.hasPrefix("Invalid request: "))
    }

    @Test(
        "duplicate member names are an invalid request",
        arguments: [
            (#"{"jsonrpc":"2.0","id":1,"method":"a","method":"b"}"#, 1),
            (#"{"jsonrpc":"2.0","id":1,"method":"m","params":{"a":1,"a":2}}"#, 1),
            (#"{"jsonrpc":"2.0","id":1,"id":2,"method":"m"}"#, nil), (#"{"jsonrpc":"2.0","id":1,"\u0069d":1,"method":"m"}"#, nil),
            (#"{"jsonrpc":"2.0","id":1,"method":"m","params":{"id":1,"id":2}}"#, 1), (#"{"a":1,"a":1}"#, nil),
        ] as [(String, RequestID?)]
    )
    func duplicates(text: String, id: RequestID?) throws {
        let invalid = try #require(refusal(text))
        #expect(invalid.error.code == .invalidRequest)
        #expect(invalid.id == id)
    }

    @Test("a first duplicate elsewhere does not hide that the id is doubled")
    func doubledIDBehindAnother() {
        #expect(refusal(#"{"jsonrpc":"2.0","method":"a","method":"b","id":1,"id":2}"#)?.id == nil)
    }

    @Test("params of a request must be an object", arguments: ["[1]", "null", "\"x\"", "1", "true"])
    func params(text: String) throws {
        let invalid = try #require(refusal(#"{"jsonrpc":"2.0","id":"a","method":"m","params":\#(text)}"#))
        #expect(invalid.error.code == .invalidParams)
        #expect(invalid.id == "a")
    }

    @Test("damaged messages are decoded or refused", arguments: (0 as UInt64)..<20)
    func fuzz(seed: UInt64) {
        var generator = DocumentGenerator(seed: seed)
        let message = Array(
            #"[{"jsonrpc":"2.0","id":17,"method":"tools/call","params":{"name":"é"}},{"jsonrpc":"2.0","id":"a","result":{}}]"#.utf8
        )
        for _ in 0..<200 {
            let bytes = generator.mutated(message)
            guard case .batch(let results) = try? JSONRPCDecoder.decode(bytes) else { continue }
            for case .success(let message) in results { #expect((try? JSONRPCDecoder.decode(message.bytes())) == .single(message)) }
        }
    }
}

import JSONRPC
import Testing

@Suite struct RequestIDTests {
    @Test("is a string or an integer", arguments: ["1", "-7", "\"\"", "\"a\"", "1.0", "1e2", "123456789012345678901234567890"])
    func accepted(text: String) throws {
        let id = try #require(RequestID(try JSONParser.parse(text)))
        #expect(id.json.text() == text)
    }

    @Test("is nothing else", arguments: ["null", "true", "false", "{}", "[1]", "1.5", "1e-3"])
    func rejected(text: String) throws {
        #expect(RequestID(try JSONParser.parse(text)) == nil)
    }

    @Test("a number and its text are different ids")
    func kinds() {
        #expect(RequestID.string("1") != .number(JSONNumber(1)))
        #expect(RequestID.string("\u{E9}") != .string("e\u{301}"))
        #expect(Set<RequestID>([1, "1", 1]).count == 2)
    }

    @Test("the same number is the same id, however it is written")
    func numbers() throws {
        let id = try #require(RequestID(try JSONParser.parse("1.0")))
        #expect(id == 1)
        #expect(id.hashValue == RequestID.number(JSONNumber(1)).hashValue)
    }
}

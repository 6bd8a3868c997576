import CloudServer
import JSONRPC
import Testing

/// Which pass a text gets (cts.md §6.1).
@Suite struct MaskDispatchTests {
    @Test(arguments: [
        (#"{"token":"t"}"#, #"{"token": "***MASKED***"}"#), (#"[{"token":"t"}]"#, #"[{"token": "***MASKED***"}]"#),
        (#""token=t""#, #""token=***MASKED***""#), ("\n\t {\"a\":1}\u{00A0}", #"{"a": 1}"#),
    ])
    func aTextThatIsJSONAsAWholeIsLaidOutAnew(_ input: String, _ output: String) {
        #expect(Masking.mask(input) == output)
    }

    @Test(arguments: [
        (#"{"token":"t"} x"#, #"{"token":"***MASKED***"} x"#), (#"{"token":"t""#, #"{"token":"***MASKED***""#),
        (#"{"a":1,}"#, #"{"a":1,}"#), ("12", "12"), ("null", "null"),
        ("{\"a\":\"\\ud800\",\"token\":\"t\"}", "{\"a\":\"\\ud800\",\"token\":\"***MASKED***\"}"),
    ])
    func everythingElseKeepsItsLayout(_ input: String, _ output: String) {
        #expect(Masking.mask(input) == output)
    }

    @Test func aTreeThatIsTooDeepForTheParserIsMaskedAsText() {
        let deep = String(repeating: "[", count: 129) + #"{"token":"t1"}"# + String(repeating: "]", count: 129)
        #expect(Masking.mask(deep) == deep.replacing("t1", with: "***MASKED***"))
    }

    @Test func theTextPassNeverTakesATextForJSON() {
        #expect(Masking.maskText(#"{"a":1,"token":"t"}"#) == #"{"a":1,"token":"***MASKED***"}"#)
    }

    /// A secret in so many texts inside texts.
    private func encoded(_ levels: Int) -> String {
        var text = #"{"password":"hunter2","n":1}"#
        for _ in 1..<levels { text = JSONValue.object(["b": .string(text)]).text() }
        return text
    }

    @Test(arguments: 1...16)
    func textsInTextsAreMaskedToSixteenLevels(_ levels: Int) throws {
        var value = try JSONParser.parse(Masking.mask(encoded(levels)))
        for _ in 1..<levels { value = try JSONParser.parse(try #require(value["b"]?.stringValue)) }
        #expect(value == ["password": "***MASKED***", "n": 1])
    }

    @Test(.timeLimit(.minutes(1)), arguments: [17, 18])
    func whatLiesDeeperIsMaskedAsText(_ levels: Int) {
        let output = Masking.mask(encoded(levels))
        #expect(!output.contains("hunter2"))
        #expect(output.contains("***MASKED***"))
    }

    @Test func treesInTextsInTreesAreBoundedTogether() {
        var text = #"{"password":"hunter2"}"#
        for _ in 1..<8 {
            text = String(repeating: "[", count: 120) + JSONValue.string(text).text() + String(repeating: "]", count: 120)
        }
        #expect(!Masking.mask(text).contains("hunter2"))
    }
}

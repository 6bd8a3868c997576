import CloudServer
import JSONRPC
import Testing

/// The structured pass (cts.md §6.3).
@Suite struct StructuredMaskTests {
    @Test(arguments: [#""x""#, "null", "5", "1.50", "true", #"{"a":[1]}"#, "[]", "{}", #""""#])
    func theWholeValueOfASensitiveNameIsHiddenWhateverItsType(_ value: String) {
        #expect(Masking.mask("{\"adminPass\":\(value),\"n\":1}") == #"{"adminPass": "***MASKED***", "n": 1}"#)
    }

    @Test(arguments: ["key", "name", "header", "field", "Key", "NAME", "hEader"], ["value", "values", "val", "Value"])
    func theValueBesideASensitiveNameIsHidden(_ key: String, _ value: String) {
        #expect(
            Masking.mask("{\"\(value)\":[\"a1\"],\"\(key)\":\"X-Auth-Token\",\"other\":\"b\"}")
                == "{\"\(value)\": \"***MASKED***\", \"\(key)\": \"X-Auth-Token\", \"other\": \"b\"}"
        )
    }

    @Test(arguments: [
        #"{"key": "Host", "value": "a"}"#, #"{"key": 1, "value": "a"}"#, #"{"title": "token", "value": "a"}"#,
        #"{"name": "token", "data": "a"}"#,
    ])
    func otherPairsStayVisible(_ text: String) {
        #expect(Masking.mask(text) == text)
    }

    @Test func pairsAreFoundAtEveryDepth() {
        let output = Masking.mask(#"{"headers":[[{"name":"Cookie","value":"a=b"}],{"name":"Host","value":"h"}]}"#)
        #expect(output == #"{"headers": [[{"name": "Cookie", "value": "***MASKED***"}], {"name": "Host", "value": "h"}]}"#)
    }

    @Test(arguments: [
        (#"{"b":"{\"token\":1}"}"#, #"{"b": "{\"token\": \"***MASKED***\"}"}"#), (#"["password=a b"]"#, #"["password=***MASKED*** b"]"#),
        (#"{"b":"[1,2]"}"#, #"{"b": "[1, 2]"}"#), (#"{"b":" plain "}"#, #"{"b": " plain "}"#),
    ])
    func stringsAreDispatchedAgain(_ input: String, _ output: String) {
        #expect(Masking.mask(input) == output)
    }

    @Test func theLastOfDuplicateMembersWinsAtThePlaceOfTheFirst() {
        #expect(Masking.mask(#"{"a":1,"b":2,"a":3}"#) == #"{"a": 3, "b": 2}"#)
        #expect(Masking.mask(#"{"token":1,"b":2,"token":"x1"}"#) == #"{"token": "***MASKED***", "b": 2}"#)
    }

    @Test(arguments: ["1.0", "1e5", "-0", "12345678901234567890123", "0.10", "1E+2"])
    func numbersKeepTheirText(_ number: String) {
        #expect(Masking.mask("[\(number)]") == "[\(number)]")
    }

    @Test func onlyControlCharactersQuotesAndBackslashesAreEscaped() {
        #expect(Masking.mask(#"["\u00e9\/\u4e2d\u001f\u007f\"\\\n"]"#) == "[\"é/中\\u001f\u{7F}\\\"\\\\\\n\"]")
    }

    @Test func aTreeIsMaskedWithoutItsText() {
        let tree: JSONValue = ["run": ["token": 1, "log": "password: p1", "args": ["{\"sk\":\"s1\"}"]], "n": 1]
        let masked: JSONValue = [
            "run": ["token": "***MASKED***", "log": "password: ***MASKED***", "args": ["{\"sk\": \"***MASKED***\"}"]], "n": 1,
        ]
        #expect(Masking.maskStructured(tree) == masked)
        #expect(Masking.maskStructured(["sk": "x", "n": 1] as JSONObject) == ["sk": "***MASKED***", "n": 1])
    }

    @Test func maskingTwiceChangesNothing() {
        let once = Masking.mask(#"{"a":"{\"token\":\"x\"}","h":"Authorization: Bearer abcdefgh","key":"sk","value":1}"#)
        #expect(Masking.mask(once) == once)
    }
}

import JSONRPC
import Testing

@Suite struct JSONWriterTests {
    private let sample: JSONValue = ["a": [1, "x", [], [:]], "b": ["c": .null, "d": true]]

    @Test("writes without white space")
    func compact() {
        #expect(sample.text() == #"{"a":[1,"x",[],{}],"b":{"c":null,"d":true}}"#)
    }

    @Test("writes with a space behind commas and colons")
    func spaced() {
        #expect(sample.text(.spaced) == #"{"a": [1, "x", [], {}], "b": {"c": null, "d": true}}"#)
    }

    @Test("writes with a line for each element")
    func pretty() {
        let expected = """
            {
              "a": [
                1,
                "x",
                [],
                {}
              ],
              "b": {
                "c": null,
                "d": true
              }
            }
            """
        #expect(sample.text(.pretty(indent: 2)) == expected)
        #expect(sample.text(.pretty(indent: 0)) == expected.replacing(" ", with: "").replacing(":", with: ": "))
    }

    @Test(
        "escapes quotation marks, backslashes and control characters, and nothing else",
        arguments: [
            ("", #""""#), ("plain", #""plain""#), ("a\"b\\c/d", #""a\"b\\c/d""#), ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
            ("\u{0}\u{1}\u{B}\u{F}\u{10}\u{1F}", #""\u0000\u0001\u000b\u000f\u0010\u001f""#),
            ("\u{7F}é漢😀\u{2028}", "\"\u{7F}é漢😀\u{2028}\""),
            ("<script>&'", #""<script>&'""#), ("0123456789\n0123456789", #""0123456789\n0123456789""#),
        ]
    )
    func strings(text: String, json: String) {
        #expect(Array(JSONValue.string(text).bytes()) == Array(json.utf8))
    }

    @Test("escapes wherever the character lies")
    func positions() throws {
        for length in 0...20 {
            for special in ["\"", "\\", "\n", "\u{0}", "\u{1F}"] {
                let text = String(repeating: "é", count: length) + special + String(repeating: "a", count: 20 - length) + special
                #expect(try JSONParser.parse(JSONValue.string(text).bytes()) == .string(text))
            }
        }
    }

    @Test("no style but pretty writes a line feed")
    func noLineFeed() {
        var generator = DocumentGenerator(seed: 7)
        for _ in 0..<200 {
            let value = generator.value()
            #expect(!value.bytes().contains(0x0A))
            #expect(!value.bytes(.spaced).contains(0x0A))
        }
    }

    @Test("appends to what is there")
    func appends() {
        var writer = JSONWriter(.compact, appendingTo: Array("x".utf8))
        writer.write(string: "a")
        writer.write([1, 2])
        writer.write(["b": 1] as JSONObject)
        writer.write(JSONValue.null)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"x"a"[1,2]{"b":1}null"#)
    }
}

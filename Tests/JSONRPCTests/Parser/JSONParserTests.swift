import JSONRPC
import Testing

@Suite struct JSONParserTests {
    @Test(
        "accepts what RFC 8259 allows, and writes it back unchanged",
        arguments: [
            "null", "true", "false", "0", "-0", "1", "-1", "10", "0.0", "-0.0", "1.5", "0e1", "0e+1", "1E22", "1e-2", "123.456e-789",
            "1E+2",
            "123456789012345678901234567890", "-0.000000000000000000000000000001", "1e400", #""""#, #""a""#, #""é漢😀""#,
            #""\"\\\b\f\n\r\t""#,
            #""\u0000\u001f""#, "\"\u{7F}\u{2028}\u{FFFF}\u{10FFFF}\"", #""//""#, "[]", "[[]]", "[null,true,1]", "{}", #"{"":0}"#,
            #"{"a":{"b":[{}]}}"#, #"{"b":1,"a":2,"c":3}"#, #"[[],{},""]"#,
        ]
    )
    func accepts(text: String) throws {
        #expect(try JSONParser.parse(text).text() == text)
    }

    @Test(
        "white space may stand round every token",
        arguments: [" [] ", "[\n1\t,\r2 ]", "\r\n\t {\n\"a\" :\t1 , \"b\":[ ] }\n", " 1", "1 ", "\t\"x\"\n", "[ ]", "{ }", "\n\nnull\n\n"]
    )
    func whitespace(text: String) throws {
        let stripped = text.filter { !$0.isWhitespace }
        #expect(try JSONParser.parse(text).text() == stripped)
    }

    @Test(
        "rejects what RFC 8259 does not allow",
        arguments: [
            ("", .unexpectedEnd), (" ", .unexpectedEnd), ("[", .unexpectedEnd), ("{", .unexpectedEnd), ("[1", .unexpectedEnd),
            ("[1,", .unexpectedEnd), (#"{"a""#, .unexpectedEnd), (#"{"a":"#, .unexpectedEnd), (#"{"a":1"#, .unexpectedEnd),
            (#"{"a":1,"#, .unexpectedEnd), ("\"", .unexpectedEnd), ("\"abc", .unexpectedEnd), (#""\"#, .unexpectedEnd),
            (#""\""#, .unexpectedEnd),
            (#""\u00"#, .unexpectedEnd), ("t", .unexpectedEnd), ("tru", .unexpectedEnd), ("-", .unexpectedEnd), ("1.", .unexpectedEnd),
            ("1e", .unexpectedEnd), ("1e+", .unexpectedEnd), ("nul", .unexpectedEnd),
            ("]", .unexpectedCharacter), ("}", .unexpectedCharacter), (",", .unexpectedCharacter), (":", .unexpectedCharacter),
            ("[,]", .unexpectedCharacter), ("[1,]", .unexpectedCharacter), ("[1,,2]", .unexpectedCharacter), ("[,1]", .unexpectedCharacter),
            ("[1 2]", .unexpectedCharacter), ("[1:2]", .unexpectedCharacter), ("[1}", .unexpectedCharacter), ("{]", .unexpectedCharacter),
            (#"{"a":1]"#, .unexpectedCharacter), (#"{"a" 1}"#, .unexpectedCharacter), (#"{"a",1}"#, .unexpectedCharacter),
            (#"{"a":}"#, .unexpectedCharacter), (#"{"a":1,}"#, .unexpectedCharacter), ("{,}", .unexpectedCharacter),
            ("{1:2}", .unexpectedCharacter), ("{a:1}", .unexpectedCharacter), ("{'a':1}", .unexpectedCharacter),
            ("'a'", .unexpectedCharacter),
            (#"{"a"::1}"#, .unexpectedCharacter), ("NaN", .unexpectedCharacter), ("Infinity", .unexpectedCharacter),
            ("+1", .unexpectedCharacter),
            (".5", .unexpectedCharacter), ("True", .unexpectedCharacter), ("undefined", .unexpectedCharacter),
            ("// x\n1", .unexpectedCharacter),
            ("/* x */1", .unexpectedCharacter), ("\u{A0}1", .unexpectedCharacter), ("\u{0B}1", .unexpectedCharacter),
            ("\u{0}", .unexpectedCharacter),
            ("#", .unexpectedCharacter), ("[\u{2028}1]", .unexpectedCharacter), ("１", .unexpectedCharacter),
            ("nuLl", .invalidLiteral), ("trUe", .invalidLiteral), ("falsey", .trailingContent), ("nan", .invalidLiteral),
            ("none", .invalidLiteral),
            ("01", .invalidNumber), ("-01", .invalidNumber), ("00", .invalidNumber), ("-a", .invalidNumber), ("--1", .invalidNumber),
            ("-Infinity", .invalidNumber), ("1.e1", .invalidNumber), ("1.a", .invalidNumber), ("[1.]", .invalidNumber),
            ("1e 1", .invalidNumber),
            ("1e+-1", .invalidNumber), ("1eE1", .invalidNumber), ("[-]", .invalidNumber), ("- 1", .invalidNumber),
            ("1.2.3", .trailingContent), ("0x1", .trailingContent), ("1e1.5", .trailingContent), ("1_000", .trailingContent),
            ("1f", .trailingContent),
            ("1 1", .trailingContent), ("[][]", .trailingContent), ("{}{}", .trailingContent), ("[]]", .trailingContent),
            ("null,", .trailingContent),
            (#""a""b""#, .trailingContent), ("1\u{0}", .trailingContent), ("[] x", .trailingContent),
            (#""\x""#, .invalidEscape), (#""\a""#, .invalidEscape), (#""\'""#, .invalidEscape), (#""\U0041""#, .invalidEscape),
            (#""\u00g0""#, .invalidEscape), (#""\u-001""#, .invalidEscape), (#""\u 123""#, .invalidEscape), (#""\u12""#, .invalidEscape),
            (#""\é""#, .invalidEscape), ("\"\\\n\"", .invalidEscape),
            ("\"\n\"", .controlCharacter), ("\"\t\"", .controlCharacter), ("\"\u{0}\"", .controlCharacter),
            ("\"\u{1F}\"", .controlCharacter),
            ("\"0123456789\r\"", .controlCharacter), ("\"é\u{1}\"", .controlCharacter), ("\u{FEFF}1", .byteOrderMark),
            ("\u{FEFF}", .byteOrderMark),
        ] as [(String, JSONParseError.Code)]
    )
    func rejects(text: String, code: JSONParseError.Code) {
        #expect(parseFailure(Array(text.utf8)) == code)
    }

    @Test("every proper beginning of a document is rejected")
    func truncated() throws {
        let text = #"{"a":[1,-2.5e+3,true,false,null,"x\n\u00e9\ud83d\ude00é漢😀"],"b":{"c":{}}} "#
        let bytes = Array(text.utf8)
        #expect(parseFailure(bytes) == nil)
        for length in 0..<bytes.count - 1 { #expect(parseFailure(Array(bytes[..<length])) == .unexpectedEnd, "\(length) bytes") }
    }

    @Test("a number at the top level ends with the document")
    func numberAtEnd() throws {
        #expect(try JSONParser.parse("12") == 12)
        #expect(try JSONParser.parse("12\n") == 12)
    }

    @Test("bytes that do not lie in one piece are read, too")
    func scattered() throws {
        let bytes = Array(#"{"a":[1,"é"]}"#.utf8)
        #expect(try JSONParser.parse(bytes.lazy.map { $0 }).text() == #"{"a":[1,"é"]}"#)
        #expect(try JSONParser.parse(bytes[...]).text() == #"{"a":[1,"é"]}"#)
        #expect(try JSONParser.parse(bytes.span).text() == #"{"a":[1,"é"]}"#)
        #expect(try unsafe bytes.withUnsafeBytes { (buffer) in try unsafe JSONParser.parse(buffer) }.text() == #"{"a":[1,"é"]}"#)
    }
}

import JSONRPC
import Testing

@Suite struct JSONParserStringTests {
    @Test(
        "decodes escapes",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u00E9\u6f22""#, "Aéé漢"), (#""\ud83d\ude00""#, "😀"),
            (#""\uD83D\uDE00""#, "😀"), (#""\ud800\udc00\udbff\udfff""#, "\u{10000}\u{10FFFF}"), (#""\u0000""#, "\u{0}"),
            (#""\uffff\ufffe""#, "\u{FFFF}\u{FFFE}"), (#""a\u007fb\u0080\u07ff\u0800""#, "a\u{7F}b\u{80}\u{7FF}\u{800}"),
            (#""plain text before\nand plain text behind it""#, "plain text before\nand plain text behind it"), (#""\\u0041""#, #"\u0041"#),
        ]
    )
    func escapes(json: String, text: String) throws {
        let value = try #require(try JSONParser.parse(json).stringValue)
        #expect(Array(value.unicodeScalars) == Array(text.unicodeScalars))
    }

    @Test(
        "rejects half a surrogate pair",
        arguments: [
            #""\ud800""#, #""\udc00""#, #""\udfff""#, #""\ud800x""#, #""\ud800\nxxxx""#, #""\ud800\ud800""#, #""\ud800\u0041""#,
            #""\udc00\ud800""#,
            #""\ud83d\ude00\ud83d""#, #""x\uDBFF""#, #""\ud800 \udc00""#,
        ]
    )
    func loneSurrogates(json: String) {
        #expect(parseFailure(Array(json.utf8)) == .loneSurrogate)
    }

    @Test(
        "rejects invalid UTF-8",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2, 0x41], [0xC2, 0xC2], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
            [0xE2, 0x82, 0x41],
            [0xE2, 0x28, 0xA1], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF0, 0x9F, 0x98, 0x41], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
            [0xE9], [0xC3, 0xA9, 0xA9],
        ] as [[UInt8]]
    )
    func invalidUTF8(sequence: [UInt8]) {
        // At every distance from the eight-byte steps of the scan, with an escape before it and without.
        for padding in 0...17 {
            let pad = [UInt8](repeating: UInt8(ascii: "x"), count: padding)
            #expect(parseFailure([0x22] + pad + sequence + [0x22, 0x20]) == .invalidUTF8)
            #expect(parseFailure([0x22] + pad + Array("\\n".utf8) + sequence + pad + [0x22]) == .invalidUTF8)
            #expect(parseFailure([0x7B, 0x22] + pad + sequence + [0x22, 0x3A, 0x31, 0x7D]) == .invalidUTF8)
        }
    }

    @Test("rejects bytes above ASCII outside strings", arguments: [[0x80], [0xFF], [0xC3, 0xA9], [0x31, 0xFF]] as [[UInt8]])
    func invalidOutside(bytes: [UInt8]) {
        #expect(parseFailure(bytes) != nil)
    }

    @Test("accepts the bounds of every length of UTF-8")
    func validUTF8() throws {
        for scalar in ["\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFD}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}"]
        {
            for padding in 0...9 {
                let text = String(repeating: "x", count: padding) + scalar + scalar + "y"
                #expect(try JSONParser.parse("\"\(text)\"") == .string(text))
            }
        }
    }

    @Test("finds the end of a string wherever it lies")
    func lengths() throws {
        for length in 0...40 {
            let text = String(repeating: "a", count: length)
            #expect(try JSONParser.parse("[\"\(text)\",\"\(text)\"]") == [.string(text), .string(text)])
            #expect(try JSONParser.parse("[\"\(text)\\\\\",1]") == [.string(text + "\\"), 1])
            for byte in (0 as UInt8)..<0x20 {
                #expect(parseFailure([0x22] + Array(text.utf8) + [byte] + Array("aaaaaaaaa\"".utf8)) == .controlCharacter)
            }
        }
    }

    @Test("keeps canonically equivalent names apart")
    func equivalentNames() throws {
        let value = try JSONParser.parse("{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
    }
}

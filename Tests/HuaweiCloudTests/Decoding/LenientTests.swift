import HuaweiCloud
import JSONRPC
import Testing

/// huaweicloud-http.md §7.
@Suite struct LenientTests {
    private func value(_ text: String) throws -> JSONValue { try JSONParser.parse(text) }

    @Test(arguments: [
        (#""a""#, "a"), (#""""#, ""), ("12", "12"), ("1.50", "1.50"), ("1e400", "1e400"), ("true", "true"), ("false", "false"),
        ("null", nil), ("[]", nil), ("{}", nil),
    ])
    func text(json: String, expected: String?) throws { #expect(try value(json).lenientText == expected) }

    @Test(
        arguments: [
            ("5", 5), ("-5", -5), ("5.0", 5), ("1e2", 100), (#""5""#, 5), (#""-12""#, -12), ("9223372036854775807", .max), ("5.5", nil),
            (#""5.0""#, nil), (#""+5""#, nil), (#"" 5""#, nil), (#""""#, nil), (#""-""#, nil), (#""٥""#, nil),
            (#""9223372036854775808""#, nil),
            ("1e99", nil), ("true", nil), ("null", nil), ("[5]", nil), ("{}", nil),
        ] as [(String, Int?)]
    )
    func integer(json: String, expected: Int?) throws { #expect(try value(json).lenientInt == expected) }

    @Test(
        arguments: [
            ("true", true), ("false", false), (#""true""#, true), (#""FALSE""#, false), (#""True""#, true), ("1", nil), (#""1""#, nil),
            (#""yes""#, nil), ("null", nil), ("[]", nil), ("{}", nil),
        ] as [(String, Bool?)]
    )
    func boolean(json: String, expected: Bool?) throws { #expect(try value(json).lenientBool == expected) }

    @Test(arguments: [("[1,2]", 2), ("[]", 0), ("null", 0), ("{}", 1), (#""a""#, 1), ("1", 1), ("false", 1)])
    func array(json: String, count: Int) throws { #expect(try value(json).lenientArray.count == count) }

    @Test func aMissingMemberEqualsNull() throws {
        let object = try #require(try value(#"{"n":null,"o":{"a":1}}"#).objectValue)
        for name in ["n", "missing"] {
            #expect(object.lenientText(name) == nil)
            #expect(object.lenientInt(name) == nil)
            #expect(object.lenientBool(name) == nil)
            #expect(object.lenientArray(name).isEmpty)
            #expect(object.lenientObject(name) == nil)
            #expect(object.nonEmptyText(name) == nil)
            #expect(object.rows(name).isEmpty)
        }
        #expect(object.lenientObject("o")?.lenientInt("a") == 1)
        #expect(object.lenientText("o") == nil)
    }

    @Test(arguments: [(#""a""#, "a"), (#""""#, nil), ("0", "0"), (#"" ""#, " "), ("null", nil), ("{}", nil)])
    func anEmptyTextIsNoText(json: String, expected: String?) throws {
        #expect(try value(#"{"m":\#(json)}"#).objectValue?.nonEmptyText("m") == expected)
    }

    @Test(arguments: [(#"[{"a":1},null,"x",[],{"b":2}]"#, 2), (#"{"a":1}"#, 1), ("null", 0), (#""x""#, 0)])
    func rowsThatAreNoObjectsAreSkipped(json: String, count: Int) throws {
        #expect(try value(#"{"m":\#(json)}"#).objectValue?.rows("m").count == count)
    }
}

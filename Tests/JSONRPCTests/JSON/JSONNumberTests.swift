import JSONRPC
import Testing

@Suite struct JSONNumberTests {
    private func number(_ text: String) throws -> JSONNumber { try #require(try JSONParser.parse(text).numberValue) }

    @Test("keeps every digit", arguments: ["1.10", "1E+05", "-0", "0.10e-2", "123456789012345678901234567890.5", "1e99999"])
    func text(text: String) throws {
        #expect(try number(text).text == text)
        #expect(try JSONParser.parse("[\(text)]").text() == "[\(text)]")
    }

    @Test(
        "reads integers however they are written",
        arguments: [
            ("5", 5), ("5.0", 5), ("1e2", 100), ("1E+2", 100), ("1.5e1", 15), ("120e-1", 12), ("-0", 0), ("-0.0", 0), ("0e5", 0),
            ("0e-5", 0),
            ("0.000", 0), ("9223372036854775807", .max), ("-9223372036854775808", .min), ("9223372036854775807.0", .max),
            ("-9.223372036854775808e18", .min), ("0.0001e4", 1), ("100e-2", 1), ("1000000000000000000", 1_000_000_000_000_000_000),
            ("1e18", 1_000_000_000_000_000_000),
            ("0e99999999999999999999999", 0), ("00001e0".replacing("0000", with: ""), 1),
        ] as [(String, Int)]
    )
    func integers(text: String, value: Int) throws {
        #expect(try number(text).int == value)
        #expect(try number(text).isIntegral)
    }

    @Test(
        "is no 64-bit integer with a fraction or out of range",
        arguments: [
            "1.5", "1e-1", "9223372036854775808", "-9223372036854775809", "1e19", "1e99999999999999999999999", "0.1", "-1e-400",
            "123456789.01",
        ]
    )
    func notIntegers(text: String) throws {
        #expect(try number(text).int == nil)
    }

    @Test(
        "integers of any size are integral",
        arguments: [("1e30", true), ("123456789012345678901234567890", true), ("1e-1", false), ("15e-1", false)]
    )
    func integral(text: String, expected: Bool) throws {
        #expect(try number(text).isIntegral == expected)
    }

    @Test(
        "equal values are equal, and hash alike",
        arguments: [
            ("1", "1.0"), ("1", "1e0"), ("0", "-0"), ("0", "0e7"), ("100", "1e2"), ("0.5", "5e-1"), ("1e400", "10e399"),
            ("123456789012345678901234567890", "1.23456789012345678901234567890e29"), ("-1.50", "-1.5"),
        ]
    )
    func equal(left: String, right: String) throws {
        #expect(try number(left) == number(right))
        #expect(try number(left).hashValue == number(right).hashValue)
        #expect(try !(number(left) < number(right)) && !(number(right) < number(left)))
    }

    @Test(
        "the order is exact",
        arguments: [
            ("1", "2"), ("-2", "-1"), ("-1", "0"), ("-0.1", "0"), ("0", "1e-400"), ("0.1", "0.2"), ("0.09", "0.1"), ("9", "10"),
            ("9.99", "1e1"),
            ("9007199254740992", "9007199254740993"), ("9223372036854775807", "9223372036854775808"), ("1e400", "1e401"),
            ("-1e401", "-1e400"),
            ("1", "1.0000000000000000000000001"), ("12", "12.5"), ("-12.5", "-12"), ("99999999999999999999", "1e20"),
        ]
    )
    func order(smaller: String, larger: String) throws {
        #expect(try number(smaller) < number(larger))
        #expect(try !(number(larger) < number(smaller)))
        #expect(try number(smaller) != number(larger))
    }

    @Test("is made of integers and finite floating-point values")
    func made() throws {
        #expect(JSONNumber(-42).text == "-42")
        #expect(JSONNumber(Int.min).int == .min)
        #expect(JSONNumber(Double.infinity) == nil)
        #expect(JSONNumber(Double.nan) == nil)
        for value in [0.1, 1e-7, 1e22, Double.leastNonzeroMagnitude, 1.7976931348623157e308, -2.5] {
            let made = try #require(JSONNumber(value))
            #expect(made.double == value)
            #expect(try JSONParser.parse(made.text).doubleValue == value)
        }
    }

    @Test("out of range is infinite")
    func infinite() throws {
        #expect(try number("1e999").double == .infinity)
        #expect(try number("-1e999").double == -.infinity)
        #expect(try number("1e-999").double == 0)
    }

    @Test(
        "multiples are exact",
        arguments: [
            ("10", "5", true), ("11", "5", false), ("0", "7", true), ("-6", "3", true), ("4.35", "0.01", true), ("4.355", "0.01", false),
            ("1e300", "7", false),
            ("7e300", "7", true), ("0.3", "0.1", true), ("1", "1e-300", true), ("1e2", "1e3", false),
            ("123456789012345678901234567890", "10", true),
            ("1e999999999999999999999", "2", true), ("999999999999999999", "999999999999999999", true),
        ]
    )
    func multiples(text: String, divisor: String, expected: Bool) throws {
        #expect(try number(text).isMultiple(of: number(divisor)) == expected)
    }

    @Test("a divisor of zero or of too many digits has no answer", arguments: ["0", "0.0", "1234567890123456789.1"])
    func noDivisor(text: String) throws {
        #expect(try number("7.5").isMultiple(of: number(text)) == nil)
    }
}

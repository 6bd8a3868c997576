import JSONRPC
import Testing

@testable import MCPServer

@Suite struct SchemaPatternTests {
    @Test(
        "matches like ECMA-262 in Unicode mode",
        arguments: [
            ("", ["", "x"], []), ("a", ["a", "bab"], ["", "b", "A"]), ("^$", [""], ["\n", "x"]), ("^a$", ["a"], ["a\n", "\na", "aa"]),
            ("a|b", ["xa", "b"], ["c"]), ("^(a|bc|)$", ["", "a", "bc"], ["b", "abc"]), ("a*b", ["b", "aab"], ["a"]),
            ("^a+$", ["a", "aaa"], ["", "ab"]),
            ("^a?b$", ["b", "ab"], ["aab"]), ("^a{3}$", ["aaa"], ["aa", "aaaa"]), ("^a{2,}$", ["aa", "aaaa"], ["a"]),
            ("^a{1,3}$", ["a", "aaa"], ["", "aaaa"]),
            ("^a{0}$", [""], ["a"]), ("^(ab){2}c$", ["ababc"], ["abc"]), ("^a+?b*?c??$", ["a", "aabbc"], ["b"]),
            ("^(?:ab)+$", ["abab"], ["aba"]), ("^(?<year>\\d{4})$", ["2025"], ["25"]), ("^[abc]$", ["b"], ["d"]),
            ("^[^abc]$", ["d", "\n", "é"], ["a", ""]),
            ("^[a-cx-z]+$", ["abxyz"], ["d"]), ("^[-a]$", ["-", "a"], ["b"]), ("^[a-]$", ["-", "a"], ["b"]),
            ("^[\\]\\-\\\\]$", ["]", "-", "\\"], ["["]),
            ("^[]$", [], ["", "a"]), ("^[^]$", ["a", "\n"], [""]), ("^[$^.*]$", ["$", "^", ".", "*"], ["a"]), ("^[\\b]$", ["\u{8}"], ["b"]),
            ("^.$", ["a", "é", "😀", "\u{85}"], ["", "\n", "\r", "\u{2028}", "\u{2029}", "ab"]), ("^\\d$", ["0", "9"], ["a", "٣"]),
            ("^\\D$", ["a", "٣"], ["0"]),
            ("^\\w+$", ["aZ_9"], ["é", "-"]), ("^\\W$", ["é", "-"], ["_"]),
            ("^\\s$", [" ", "\n", "\u{A0}", "\u{FEFF}", "\u{3000}"], ["a", "\u{85}"]),
            ("^\\S$", ["a"], [" "]), ("^[\\d\\s]$", ["1", " "], ["a"]), ("^[^\\d]$", ["a"], ["1"]), ("^[\\D]$", ["a"], ["1"]),
            ("^[\\D1]$", ["a", "1"], ["2"]),
            ("^\\t\\n\\v\\f\\r$", ["\t\n\u{B}\u{C}\r"], ["t"]), ("^\\x41\\u0042\\u{43}\\u{1F600}$", ["ABC😀"], ["ABC"]),
            ("^\\ud83d\\ude00$", ["😀"], []),
            ("^\\cA\\0$", ["\u{1}\u{0}"], ["A0"]), ("^\\.\\*\\/\\-$", [".*/-"], ["xx/-"]),
            ("\\bfoo\\b", ["foo", "a foo b", "é-foo"], ["food", "a_foo"]),
            ("^\\Boo", [], ["oo", "xoo"]), ("x\\Boo", ["xoo"], ["oo"]), ("^\\p{L}+$", ["aé漢"], ["1", "-"]),
            ("^\\p{Lu}\\P{Lu}$", ["Aa", "É1"], ["aA"]),
            ("^\\p{Letter}\\p{digit}$", ["a٣"], ["3a"]), ("^[\\p{L}\\d_]+$", ["é1_"], ["-"]),
            ("^\\p{General_Category=Decimal_Number}$", ["٣"], ["a"]),
            ("^\\p{White_Space}$", [" "], ["a"]), ("^[\\u4e00-\\u9fff]+$", ["漢字"], ["a"]), ("^[😀-😂]$", ["😁"], ["a"]),
            ("^(^a|b)$", ["a", "b"], []),
            ("a^b", [], ["ab", "a\nb"]), ("a$b", [], ["ab"]), ("(^|x)y", ["y", "xy", "zxy"], ["zy"]), ("^(a*)*$", ["", "aaa"], ["b"]),
            ("^(a|)+$", ["", "aa"], ["b"]),
            ("^e\u{301}$", ["e\u{301}"], ["\u{E9}"]),
            (
                "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$", ["3f1c9a2e-0000-4000-8000-0000000000aF"],
                [
                    "3f1c9a2e-0000-4000-8000-0000000000a", "3f1c9a2e-0000-4000-8000-0000000000aF\n", "3f1c9a2e-0000-4000-8000-0000000000ag",
                    "",
                ]
            ),
        ] as [(String, [String], [String])]
    )
    func matching(text: String, matching: [String], other: [String]) throws {
        let pattern = try SchemaPattern(text)
        for candidate in matching { #expect(pattern.matches(candidate), "\(text) with \(candidate.debugDescription)") }
        for candidate in other { #expect(!pattern.matches(candidate), "\(text) with \(candidate.debugDescription)") }
    }

    @Test(
        "refuses what is no regular expression",
        arguments: [
            "(", ")", "a)", "(a", "[", "[a", "[b-a]", "[\\d-z]", "[a-\\d]", "*", "+a", "?", "a**", "a+*", "{1}", "a{", "a{}", "a{,3}",
            "a{3,1}", "a{1", "a{x}", "a{1}{2}", "}", "]",
            "\\", "\\y", "\\a", "\\u12", "\\u{110000}", "\\u{}", "\\ud800", "\\udc00", "\\ud800\\u0041", "\\x1", "\\c1", "\\01", "\\p",
            "\\p{", "(?<>a)", "(?", "\\_",
        ]
    )
    func invalid(text: String) {
        #expect(throws: PatternError.self) { try SchemaPattern(text) }
    }

    @Test(
        "refuses what cannot be matched in linear time",
        arguments: ["(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(a)\\1", "(?<n>a)\\k<n>", "\\p{Script=Greek}", "(?i:a)"]
    )
    func unsupported(text: String) {
        let error = #expect(throws: PatternError.self) { try SchemaPattern(text) }
        #expect(error?.description.hasPrefix("uses ") == true)
    }

    @Test(
        "refuses what would be too large",
        arguments: ["a{10001}", "(a{1000}){1000}", "(a{0,9000}){0,9000}", "((((){9999}){9999}){9999}){9999}", "a{99999999999999999999}"]
    )
    func tooLarge(text: String) {
        #expect(throws: PatternError.self) { try SchemaPattern(text) }
    }

    @Test("refuses groups nested without end")
    func nested() {
        #expect(throws: PatternError.self) { try SchemaPattern(String(repeating: "(", count: 100_000)) }
    }

    @Test(
        "takes linear time where backtracking takes for ever",
        arguments: ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*)(.*)(.*)(.*)x"]
    )
    func linear(text: String) throws {
        let pattern = try SchemaPattern(text)
        let hostile = String(repeating: "a", count: 5_000) + "!"
        let time = ContinuousClock().measure { #expect(!pattern.matches(hostile)) }
        #expect(time < .seconds(30))
    }
}

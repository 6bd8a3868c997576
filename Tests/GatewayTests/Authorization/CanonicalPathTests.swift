import Testing

@testable import Gateway

@Suite struct CanonicalPathTests {
    @Test(
        "decodes once and splits at the first ?",
        arguments: [
            ("/", "/", nil), ("/ecs/mcp", "/ecs/mcp", nil), ("/ecs/mcp/", "/ecs/mcp/", nil), ("/%65cs/mcp", "/ecs/mcp", nil),
            ("/a%20b", "/a b", nil), ("/%C3%A9", "/é", nil), ("/a?x=1?y=2", "/a", "x=1?y=2"), ("/a?", "/a", ""),
            ("/a?x=%2F..%2F%zz", "/a", "x=%2F..%2F%zz"), ("/a%3Fb", "/a?b", nil), ("/a%23b", "/a#b", nil), ("/...", "/...", nil),
            ("/.a", "/.a", nil), ("/a..", "/a..", nil),
        ] as [(String, String, String?)]
    )
    func accepted(target: String, path: String, query: String?) throws {
        let canonical = try CanonicalPath(target: target)
        #expect(canonical.text == path)
        #expect(canonical.query == query)
    }

    @Test(
        "refuses everything that two readers could read differently",
        arguments: [
            ("", .notAbsolute), ("ecs", .notAbsolute), ("*", .notAbsolute), ("http://h/ecs", .notAbsolute), ("?x", .notAbsolute),
            ("/%", .escape), ("/%4", .escape), ("/%4g", .escape), ("/%zz", .escape), ("/a%", .escape), ("/%4?1", .escape),
            ("/%FF", .encoding), ("/%C3", .encoding), ("/%C0%AE", .encoding), ("/%ED%A0%80", .encoding),
            ("/a%2Fb", .encodedDelimiter), ("/a%2fb", .encodedDelimiter), ("/a%5Cb", .encodedDelimiter), ("/a%25b", .encodedDelimiter),
            ("/%252e%252e", .encodedDelimiter),
            ("/%00", .controlCharacter), ("/%0A", .controlCharacter), ("/%0d%0a", .controlCharacter), ("/%7F", .controlCharacter),
            ("/a\\b", .rawCharacter), ("/a#b", .rawCharacter), ("/a b", .rawCharacter), ("/é", .rawCharacter), ("/a\u{7F}", .rawCharacter),
            ("/a?b#c", .rawCharacter), ("/a?b c", .rawCharacter),
            ("//", .emptySegment), ("//ecs", .emptySegment), ("/ecs//mcp", .emptySegment), ("/ecs/mcp//", .emptySegment),
            ("/.", .dotSegment), ("/..", .dotSegment), ("/ecs/./mcp", .dotSegment), ("/ecs/../cts", .dotSegment),
            ("/ecs/%2e%2e/cts", .dotSegment), ("/ecs/.%2E/cts", .dotSegment), ("/%2e", .dotSegment), ("/ecs/..", .dotSegment),
        ] as [(String, CanonicalPath.Fault)]
    )
    func refused(target: String, fault: CanonicalPath.Fault) {
        #expect(throws: fault) { try CanonicalPath(target: target) }
    }

    @Test(
        "re-encodes everything that may not stand in a path",
        arguments: [
            ("/mcp", "/mcp"), ("/a b", "/a%20b"), ("/é", "/%C3%A9"), ("/a?b", "/a%3Fb"), ("/a#b", "/a%23b"),
            ("/:@!$&'()*+,;=-._~", "/:@!$&'()*+,;=-._~"),
            ("/\"<>^`{|}", "/%22%3C%3E%5E%60%7B%7C%7D"),
        ]
    )
    func encodes(path: String, expected: String) throws {
        #expect(CanonicalPath.encoded(path) == expected)
        #expect(try CanonicalPath(target: expected).text == path)
    }
}

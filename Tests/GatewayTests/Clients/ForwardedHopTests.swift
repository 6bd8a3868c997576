import ProcessSupport
import Testing

@testable import Gateway

/// Elements of `X-Forwarded-For` and of `Forwarded` (RFC 7239).
@Suite struct ForwardedHopTests {
    private static func address(_ text: String) -> ForwardedHop { IPAddress(text).map { .address($0) } ?? .unreadable }

    @Test(
        "X-Forwarded-For: an address, perhaps with a port",
        arguments: [
            ("192.0.2.7", "192.0.2.7"), ("192.0.2.7:4711", "192.0.2.7"), ("2001:db8::7", "2001:db8::7"), ("[2001:db8::7]", "2001:db8::7"),
            ("[2001:db8::7]:443", "2001:db8::7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("[::FFFF:192.0.2.7]:1", "192.0.2.7"),
        ]
    )
    func plain(text: String, expected: String) {
        let bytes = Array(text.utf8)
        #expect(ForwardedHop(plain: bytes.span, bytes.indices) == Self.address(expected))
    }

    @Test("X-Forwarded-For: hidden", arguments: ["unknown", "Unknown", "_hidden", "_SEVKISEK.1-a:_p"]) func plainHidden(text: String) {
        let bytes = Array(text.utf8)
        #expect(ForwardedHop(plain: bytes.span, bytes.indices) == .hidden)
    }

    @Test(
        "X-Forwarded-For: unreadable",
        arguments: [
            "", "localhost", "192.0.2", "192.0.2.7:", "192.0.2.7:x", "192.0.2.7:123456", "192.0.2.7 evil", "192.0.2.7/32", "[192.0.2.7]",
            "[::1",
            "::1]", "[::1]x", "[::1]:", "[]", "[", ":", "::1%lo", "\"192.0.2.7\"", "192.0.2.7\0", "0x7f000001", "2130706433", "_é", "_ x",
            String(repeating: "1", count: 65), String(repeating: ":", count: 64), "for=192.0.2.7", "١٢٧.0.0.1",
        ]
    )
    func plainUnreadable(text: String) {
        let bytes = Array(text.utf8)
        #expect(ForwardedHop(plain: bytes.span, bytes.indices) == .unreadable)
    }

    @Test(
        "Forwarded: the examples of RFC 7239, and what others write",
        arguments: [
            ("for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60"), (#"For="[2001:db8:cafe::17]:4711""#, "2001:db8:cafe::17"),
            ("FOR=192.0.2.43", "192.0.2.43"), (#"for="192.0.2.43""#, "192.0.2.43"), (#"for="192.0.2.43:47011""#, "192.0.2.43"),
            (#"for="192.0.2.43:_port""#, "192.0.2.43"), (#"proto=https ; for="192.0.2.43" ; by=_me;"#, "192.0.2.43"),
            (#"host="a;for=1.1.1.1,b";for=192.0.2.43"#, "192.0.2.43"), (#"for="192\.0.2.43""#, "192.0.2.43"),
            ("for=[2001:db8::17]:4711", "2001:db8::17"), ("for=192.0.2.43:80;proto=http", "192.0.2.43"),
            (#"x="\"";for=192.0.2.43"#, "192.0.2.43"),
        ]
    )
    func pairs(text: String, expected: String) {
        let bytes = Array(text.utf8)
        #expect(ForwardedHop(pairs: bytes.span, bytes.indices) == Self.address(expected))
    }

    @Test(
        "Forwarded: hidden",
        arguments: ["for=unknown", #"for="_gazonk""#, "for=_SEVKISEK", "proto=http;by=203.0.113.43", #"For="unknown:80""#]
    )
    func pairsHidden(text: String) {
        let bytes = Array(text.utf8)
        #expect(ForwardedHop(pairs: bytes.span, bytes.indices) == .hidden)
    }

    @Test(
        "Forwarded: unreadable",
        arguments: [
            "192.0.2.7", "for", "for=", "=192.0.2.7", #"for=""#, #"for="192.0.2.7"#, #"for="192.0.2.7\"#, #"for="192.0.2.7"x"#,
            #"for=192"0.2.7"#,
            "for=192.0.2.7;for=192.0.2.8", "for=192.0.2.7 x", "for = 192.0.2.7", ";for=192.0.2.7", "for=192.0.2.7;;", "for=192.0.2.7;x",
            #"for="""#, #"for="[::1""#, "for=\u{e9}", "proto=http;for=evil", #"for="192.0.2.7, for=192.0.2.8""#,
        ]
    )
    func pairsUnreadable(text: String) {
        let bytes = Array(text.utf8)
        #expect(ForwardedHop(pairs: bytes.span, bytes.indices) == .unreadable)
    }

    @Test(
        "elements from the right; commas in quotes are no borders, whatever stands further left",
        arguments: [
            ("a, b ,c", ["c", "b", "a"]), ("", [""]), (",", ["", ""]), (" a ", ["a"]), (#"x="a,b",y="c""#, [#"y="c""#, #"x="a,b""#]),
            (#"x="a\",b",y"#, ["y", #"x="a\",b""#]), (#"x="a\\",y"#, ["y", #"x="a\\""#]), (#"for="evil, for=1"#, ["for=1", #"for="evil"#]),
            (#"for="evil, for="2""#, [#"for="2""#, #"for="evil"#]), (#"""#, [#"""#]), (#"\""#, [#"\""#]),
            (#"a,"\"b,c"#, ["c", #""\"b"#, "a"]),
        ]
    )
    func elements(value: String, expected: [String]) {
        let bytes = Array(value.utf8)
        var elements = ForwardedElements(bytes.indices, hasQuotes: true)
        var found: [String] = []
        while let range = elements.next(bytes.span) { found.append(String(decoding: bytes[range], as: UTF8.self)) }
        #expect(found == expected)
    }
}

import HuaweiCloud
import Testing

/// The form of an override, huaweicloud-http.md §3.
@Suite struct EndpointTests {
    @Test(arguments: [
        ("ecs.example.com", "https://ecs.example.com"),
        ("https://ecs.example.com", "https://ecs.example.com"),
        ("HTTP://Ecs.Example.com:9000", "http://Ecs.Example.com:9000"),
        ("127.0.0.1:18080", "https://127.0.0.1:18080"),
        ("http://[::1]:9000", "http://[::1]:9000"),
        ("[fe80::1]", "https://[fe80::1]"),
        ("localhost", "https://localhost"),
        ("my_host", "https://my_host"),
        ("https://a:443", "https://a"),
        ("http://a:443", "http://a:443"),
        ("http://a:80", "http://a"),
    ])
    func reads(text: String, expected: String) throws { #expect(try Endpoint(parsing: text).description == expected) }

    @Test(arguments: [
        ("ftp://a", EndpointSyntaxError.unknownScheme),
        ("://a", .unknownScheme),
        ("", .missingHost),
        ("https://", .missingHost),
        ("https://a/", .notAnAuthority),
        ("https://a/v1", .notAnAuthority),
        ("a?x=1", .notAnAuthority),
        ("a#x", .notAnAuthority),
        ("user@a", .invalidHost),
        ("a b", .invalidHost),
        ("a..b", .invalidHost),
        (":80", .invalidHost),
        ("::1", .invalidHost),
        ("[::1", .invalidHost),
        ("[::1]x", .invalidHost),
        ("[evil]", .invalidHost),
        ("b\u{FC}cher.example", .invalidHost),
        ("a\r\nb", .invalidHost),
        ("a:", .invalidPort),
        ("a:0", .invalidPort),
        ("a:65536", .invalidPort),
        ("a:+1", .invalidPort),
        ("a:1:2", .invalidPort),
    ])
    func refuses(text: String, error: EndpointSyntaxError) {
        #expect(throws: error) { try Endpoint(parsing: text) }
    }
}

import HuaweiCloud
import Testing

/// huaweicloud-http.md §1.2 part 2, beyond the vectors.
@Suite struct CanonicalURITests {
    @Test(arguments: [
        ("/", "/"),
        ("/a", "/a/"),
        ("/a/", "/a/"),
        ("//", "//"),
        ("/a//b", "/a//b/"),
        ("/a/../b/./c", "/a/../b/./c/"),
        ("/a%2fb%2F", "/a/b/"),
        ("/%", "/%25/"),
        ("/%4", "/%254/"),
        ("/%zz", "/%25zz/"),
        ("/%%41", "/%25A/"),
        ("/%2541", "/%2541/"),
        ("/+", "/%2B/"),
        ("/a b", "/a%20b/"),
        ("/\u{E9}", "/%C3%A9/"),
        ("/%ff", "/%EF%BF%BD/"),
        ("relative", "relative/"),
    ])
    func canonicalURI(path: String, expected: String) {
        #expect(Signer.canonicalURI(path) == expected)
    }
}

import ProcessSupport
import Testing

@Suite struct GlobTests {
    @Test(
        "matches the whole name",
        arguments: [
            ("ecs_list_servers", "ecs_list_servers"), ("*", ""), ("*", "anything"), ("ecs_*", "ecs_"), ("ecs_*", "ecs_list_servers"),
            ("*_server", "ecs_delete_server"), ("*list*", "ecs_list_servers"), ("ecs_?et_server", "ecs_get_server"), ("a**b", "ab"),
            ("a*b*c", "a-b-b-c"),
            ("*a*b", "aab"), ("", ""), ("[abc]", "b"), ("[a-c]x", "cx"), ("[!a]", "b"), ("[^a]", "b"), ("[a-cx-z]", "y"), ("[]]", "]"),
            ("[]a]", "a"),
            ("[!]a]", "b"), ("[a-]", "-"), ("[-a]", "-"), ("[a", "[a"), ("[", "["), ("[]", "[]"), ("[!]", "[!]"), ("[*]", "*"),
            ("[?]", "?"), ("a]", "a]"),
            ("?", "é"), ("?", "🔑"), ("[à-ü]", "é"), ("*?", "a"), ("x[0-9]*", "x1"), (".+", ".+"), ("\\*", "\\anything"), ("[a-c-e]", "-"),
        ]
    )
    func matches(pattern: String, name: String) {
        #expect(Glob(pattern).matches(name))
    }

    @Test(
        "does not match",
        arguments: [
            ("ecs", "ecs_list"), ("ecs_*", "ECS_list"), ("ecs_*", "cts_list"), ("?", ""), ("?", "ab"), ("", "a"), ("[abc]", "d"),
            ("[abc]", "ab"),
            ("[!a]", "a"), ("[!a]", ""), ("[a-c]", "B"), ("[z-a]", "m"), ("a*b", "abc"), ("*_server", "ecs_servers"), ("[]", ""),
            ("a.c", "abc"),
            ("[a", "a"), ("*?", ""), ("[!]a]", "]"), ("a*a", "a"),
        ]
    )
    func refuses(pattern: String, name: String) {
        #expect(!Glob(pattern).matches(name))
    }

    @Test("takes no exponential time", .timeLimit(.minutes(1)))
    func hostile() {
        let pattern = String(repeating: "*a", count: 500) + "*b"
        #expect(!Glob(pattern).matches(String(repeating: "a", count: 5000)))
    }

    @Test("keeps the pattern as it was written")
    func pattern() {
        #expect(Glob("a[!b]**").pattern == "a[!b]**")
    }
}

import Testing

@testable import CloudServer

@Suite struct MarkdownTests {
    @Test(arguments: [
        ("a `b*c` d", "a `b*c` d"), ("shown as ***", #"shown as \*\*\*"#), ("<b> [x]", #"\<b> \[x]"#), ("a\n b\tc", "a b c"), ("", ""),
        (#"a\b"#, #"a\\b"#),
    ])
    func textHasNoMarkupButCode(_ text: String, _ expected: String) { #expect(Markdown.text(text) == expected) }

    @Test(arguments: [("a", "`a`"), ("a`b", "`` a`b ``"), ("^x|y$", "`^x|y$`")])
    func aCodeSpanHoldsAnything(_ text: String, _ expected: String) { #expect(Markdown.code(text) == expected) }

    @Test func aBarDoesNotEndACell() {
        #expect(Markdown.table(["a", "b"], [["`x|y`", ""]]) == "| a | b |\n| --- | --- |\n| `x\\|y` |  |")
    }
}

import MCP
import Testing

/// RFC 6570, level 1, read backwards.
@Suite struct ResourceTemplateTests {
    private func match(_ template: String, _ uri: String) -> [String: String]? {
        ResourceTemplate(uriTemplate: template, name: "t").match(uri)
    }

    @Test(arguments: [
        ("huaweicloud://ecs/servers/{id}", "huaweicloud://ecs/servers/abc-1", ["id": "abc-1"]),
        ("test://template/{id}/data", "test://template/123/data", ["id": "123"]),
        ("t://{a}/{b}", "t://x/y", ["a": "x", "b": "y"]),
        ("t://{a}-{b}", "t://x-y-z", ["a": "x", "b": "y-z"]),
        ("t://{a}", "t://%C3%BC%20%2F", ["a": "ü /"]),
        ("t://fixed", "t://fixed", [:]),
    ])
    func variablesAreReadAndDecoded(_ template: String, _ uri: String, _ values: [String: String]) {
        #expect(match(template, uri) == values)
    }

    @Test(arguments: [
        "", "t://", "t:///data", "t://a", "t://a/", "t://a/data/", "t://a/data/more", "t://a/b/data", "T://a/data", "xt://a/data",
        "t://a?x/data", "t://a#x/data", "t://%/data", "t://%4/data", "t://%zz/data", "t://%FF/data", "t://a/dat\u{61}\u{301}",
    ])
    func otherURIsDoNotFollow(_ uri: String) {
        #expect(match("t://{id}/data", uri) == nil)
    }

    @Test func combiningMarkBehindASlashHidesNoSlash() {
        #expect(match("t://{id}", "t://a/\u{338}b") == nil)
    }

    @Test func variableBetweenVariablesIsNeverEmpty() {
        #expect(match("t://{a}{b}", "t://x") == nil)
    }
}

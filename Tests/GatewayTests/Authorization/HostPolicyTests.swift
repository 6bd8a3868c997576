import Testing

@testable import Gateway

@Suite struct HostPolicyTests {
    private let policy = HostPolicy(publicURL: PublicURL("https://mcp.example.com"), hosts: ["internal", "exact:8443"])

    @Test(
        "accepts IP literals, localhost, the public name and listed hosts",
        arguments: [
            "127.0.0.1", "127.0.0.1:8080", "192.0.2.7:1", "[::1]", "[::1]:8080", "[2001:db8::1]", "localhost", "LocalHost:9",
            "mcp.example.com", "MCP.example.COM:443", "mcp.example.com:8080", "internal", "internal:99", "exact:8443",
        ]
    )
    func accepts(host: String) { #expect(policy.accepts(host)) }

    @Test(
        "refuses every other name and everything malformed",
        arguments: [
            "", "evil.example", "mcp.example.com.", "mcp.example.com.evil", "xmcp.example.com", "exact", "exact:8444", "localhost.evil",
            "127.0.0.1.evil", "[::1", "::1", "[evil]", "localhost:", "localhost:x", "localhost:99999", "localhost:-1", "a b", "localhost/",
            "localhost@evil", "localhost, evil", "local\u{212A}ost", "127.1", "0x7f.1", "[fe80::1%eth0]",
        ]
    )
    func refuses(host: String) { #expect(!policy.accepts(host)) }

    @Test("* accepts every well-formed value") func any() {
        let any = HostPolicy(publicURL: nil, hosts: ["*"])
        #expect(any.accepts("whatever.example:1"))
        #expect(!any.accepts("what\"ever"))
        #expect(!any.accepts(""))
    }
}

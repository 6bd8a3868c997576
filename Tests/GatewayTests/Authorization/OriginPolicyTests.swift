import Testing

@testable import Gateway

@Suite struct OriginPolicyTests {
    private func policy(loopback: Bool) -> OriginPolicy {
        OriginPolicy(
            publicURL: PublicURL("https://mcp.example.com:443/"),
            origins: ["https://app.example.com"],
            listenerIsLoopback: loopback
        )
    }

    @Test("accepts the public origin and listed ones", arguments: ["https://mcp.example.com", "https://app.example.com"])
    func listed(origin: String) {
        #expect(policy(loopback: false).accepts(origin))
        #expect(policy(loopback: true).accepts(origin))
    }

    @Test(
        "accepts loopback origins of any port only when the listener is on loopback",
        arguments: ["http://localhost", "http://localhost:3000", "https://127.0.0.1:6274", "http://[::1]:1", "http://127.1.2.3"]
    )
    func loopback(origin: String) {
        #expect(policy(loopback: true).accepts(origin))
        #expect(!policy(loopback: false).accepts(origin))
    }

    @Test(
        "refuses everything else",
        arguments: [
            "", "null", "*", "https://evil.example", "http://mcp.example.com", "https://app.example.com/", "https://app.example.com:443",
            "https://APP.example.com", "http://localhost.evil.example", "http://localhost@evil.example", "http://localhost:3000/",
            "http://localhost http://evil", "ftp://localhost", "http://127.0.0.1.evil", "localhost",
        ]
    )
    func refused(origin: String) { #expect(!policy(loopback: true).accepts(origin)) }
}

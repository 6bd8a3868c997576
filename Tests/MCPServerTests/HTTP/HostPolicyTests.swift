import HTTPTypes
import Testing

@testable import MCPServer

@Suite struct HostPolicyTests {
    private func status(
        _ host: String?,
        origin: [String] = [],
        address: HTTPConfiguration.Address = .host("127.0.0.1", port: 8000),
        hosts: Set<String> = [],
        origins: Set<String> = []
    ) -> Int {
        let policy = HostPolicy(HTTPConfiguration(address: address, service: "t", allowedHosts: hosts, allowedOrigins: origins))
        do throws(HTTPRefusal) {
            try policy.check(authority: host, origins: origin)
            return 200
        } catch {
            return error.status.code
        }
    }

    @Test(arguments: ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8000", "[::1]"])
    func acceptsLoopbackNamesWithAnyPort(_ host: String) {
        #expect(status(host) == 200)
    }

    @Test(arguments: ["example.com", "127.0.0.1.example.com", "localhost.evil", "", "[::1", "localhost:80x", "10.0.0.1", "evil@localhost"])
    func refusesOtherHosts(_ host: String) {
        #expect(status(host) == 421)
    }

    @Test func refusesAMissingHost() { #expect(status(nil) == 421) }

    @Test func acceptsTheConfiguredNames() {
        #expect(status("mcp.example.com:443", hosts: ["mcp.example.com"]) == 200)
        #expect(status("10.1.2.3:8000", address: .host("10.1.2.3", port: 8000)) == 200)
    }

    @Test func listenerOnEveryInterfaceAcceptsLiteralsOnly() {
        #expect(status("192.0.2.7:8000", address: .host("0.0.0.0", port: 8000)) == 200)
        #expect(status("[2001:db8::1]", address: .host("0.0.0.0", port: 8000)) == 200)
        #expect(status("rebound.example", address: .host("0.0.0.0", port: 8000)) == 421)
    }

    @Test(arguments: ["http://localhost:3000", "https://127.0.0.1", "http://[::1]:9"])
    func acceptsLoopbackOrigins(_ origin: String) {
        #expect(status("localhost", origin: [origin]) == 200)
    }

    @Test(arguments: [
        "null", "http://evil.example", "http://localhost.evil.example", "file://", "http://127.0.0.1.evil", "ftp://localhost",
    ])
    func refusesOtherOrigins(_ origin: String) {
        #expect(status("localhost", origin: [origin]) == 403)
    }

    @Test func behindAGatewayTheOriginIsTheGatewaysBusiness() throws {
        var configuration = HTTPConfiguration(address: .host("127.0.0.1", port: 8000), service: "t")
        configuration.acceptsEveryOrigin = true
        try HostPolicy(configuration).check(authority: "localhost", origins: ["https://app.example.com"])
        #expect(throws: HTTPRefusal.self) { try HostPolicy(configuration).check(authority: "evil.example", origins: []) }
    }

    @Test func oneBadOriginAmongSeveralIsEnough() {
        #expect(status("localhost", origin: ["http://localhost", "http://evil.example"]) == 403)
    }

    @Test func acceptsConfiguredOrigins() {
        #expect(status("localhost", origin: ["https://app.example.com"], origins: ["https://app.example.com"]) == 200)
    }
}

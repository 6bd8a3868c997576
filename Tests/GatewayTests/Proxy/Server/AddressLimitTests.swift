import Foundation
import JSONRPC
import NIOEmbedded
import Testing

@testable import Gateway

/// `limits.requests_per_second_per_address`, and what a trusted proxy's word changes.
@Suite struct AddressLimitTests {
    private static let proxy = PeerAddress(text: "10.0.0.1", isLoopback: false)

    private func bench(_ change: (inout Limits) -> Void, engine: TestEngine = TestEngine()) throws -> ProxyBench {
        var limits = Limits()
        change(&limits)
        return try ProxyBench(limits: limits, engine: engine, trustedProxies: TrustedProxies(networks: [IPNetwork("10.0.0.1")]))
    }

    private func bearer(_ subject: String = "alice") throws -> String {
        "Authorization: Bearer \(try TestToken.make(["sub": .string(subject), "roles": ["admin"]]))\r\n"
    }

    /// The status of a POST, after the upstream has answered it if it was forwarded.
    private func post(_ client: TestClient, _ bench: ProxyBench, _ fields: String) -> String {
        client.post("{}", fields: fields)
        if bench.upstreams.count > 0, !bench.sent().isEmpty { bench.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
        return String(client.received().dropFirst(9).prefix(3))
    }

    @Test("requests of one address, with whatever token or none, then 429 with Retry-After") func oneAddress() throws {
        let bench = try bench {
            $0.requestsPerSecondPerAddress = 1
            $0.burstPerAddress = 3
        }
        let client = bench.connect(peer: PeerAddress(text: "192.0.2.1", isLoopback: false))
        #expect(post(client, bench, try bearer("alice")) == "200")
        #expect(post(client, bench, try bearer("bob")) == "200")
        #expect(post(client, bench, "") == "401")
        for fields in ["", "Authorization: Bearer nonsense\r\n", try bearer("alice")] {
            client.post("{}", fields: fields)
            let received = client.received()
            #expect(received.hasPrefix("HTTP/1.1 429 "))
            #expect(received.contains("Retry-After: 1\r\n"))
            #expect(received.contains(#"{"error":"rate-limited","status":429}"#))
        }
        // Other connections of the same address too; other addresses not.
        #expect(post(bench.connect(peer: PeerAddress(text: "::ffff:192.0.2.1", isLoopback: false)), bench, try bearer()) == "429")
        #expect(post(bench.connect(peer: PeerAddress(text: "192.0.2.2", isLoopback: false)), bench, try bearer()) == "200")
        bench.wait(seconds: 1)
        #expect(post(client, bench, try bearer()) == "200")
        #expect(post(client, bench, try bearer()) == "429")
        let limited = bench.recorder.records(of: "rate-limited")
        #expect(limited.count == 5)
        #expect(limited.allSatisfy { $0["limit"] == "requests_per_second_per_address" && $0["sub"]?.stringValue == nil })
        #expect(limited.first?["peer"] == "192.0.2.1")
    }

    @Test("what is answered before authentication is neither counted nor refused") func ownPaths() throws {
        let bench = try bench {
            $0.requestsPerSecondPerAddress = 1
            $0.burstPerAddress = 1
        }
        let client = bench.connect()
        for _ in 0..<5 {
            client.request("GET /healthz")
            #expect(client.received().hasPrefix("HTTP/1.1 200 "))
        }
        #expect(post(client, bench, try bearer()) == "200")
        #expect(post(client, bench, try bearer()) == "429")
        client.request("GET /readyz")
        #expect(client.received().hasPrefix("HTTP/1.1 200 "))
        client.request("GET //")
        #expect(client.received().hasPrefix("HTTP/1.1 400 "))
        // Paths that do not exist are asked for after authentication, so they count.
        client.request("GET /nowhere", try bearer())
        #expect(client.received().hasPrefix("HTTP/1.1 429 "))
    }

    @Test("the addresses of one IPv6 network count together") func network() throws {
        let bench = try bench {
            $0.requestsPerSecondPerAddress = 1
            $0.burstPerAddress = 1
        }
        func post(_ address: String) throws -> String {
            self.post(bench.connect(peer: PeerAddress(text: address, isLoopback: false)), bench, try bearer())
        }
        #expect(try post("2001:db8:0:1::1") == "200")
        #expect(try post("2001:db8:0:1:ffff::2") == "429")
        #expect(try post("2001:db8:0:2::1") == "200")
    }

    @Test("through a trusted proxy each client has its own bucket") func throughProxy() throws {
        let bench = try bench {
            $0.requestsPerSecondPerAddress = 1
            $0.burstPerAddress = 1
        }
        let proxy = bench.connect(peer: Self.proxy)
        let token = try bearer()
        #expect(post(proxy, bench, "X-Forwarded-For: 192.0.2.1\r\n\(token)") == "200")
        #expect(post(proxy, bench, "X-Forwarded-For: 203.0.113.5, 192.0.2.1\r\n\(token)") == "429")
        #expect(post(proxy, bench, "Forwarded: for=192.0.2.1\r\n\(token)") == "429")
        #expect(post(proxy, bench, "X-Forwarded-For: 192.0.2.2\r\n\(token)") == "200")
        #expect(post(proxy, bench, token) == "200")
        #expect(post(proxy, bench, "X-Forwarded-For: evil\r\n\(token)") == "429")
        // Who connects directly counts with who came through the proxy.
        #expect(post(bench.connect(peer: PeerAddress(text: "192.0.2.2", isLoopback: false)), bench, token) == "429")
        #expect(
            bench.recorder.records(of: "access").map { $0["peer"]?.stringValue } == [
                "192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2", "10.0.0.1", "10.0.0.1", "192.0.2.2",
            ]
        )
    }

    @Test("whoever is no trusted proxy changes nothing with a header") func spoofed() throws {
        let bench = try bench {
            $0.requestsPerSecondPerAddress = 1
            $0.burstPerAddress = 1
        }
        let client = bench.connect(peer: PeerAddress(text: "192.0.2.1", isLoopback: false))
        #expect(post(client, bench, "X-Forwarded-For: 203.0.113.1\r\n\(try bearer())") == "200")
        #expect(post(client, bench, "X-Forwarded-For: 203.0.113.2\r\n\(try bearer())") == "429")
        #expect(post(client, bench, "Forwarded: for=203.0.113.3\r\n\(try bearer())") == "429")
        #expect(bench.recorder.records(of: "access").allSatisfy { $0["peer"] == "192.0.2.1" })
    }

    @Test("failed authentications count for the client behind a trusted proxy") func failedAuthentications() throws {
        let bench = try bench { $0.failedAuthPerMinute = 1 }
        let proxy = bench.connect(peer: Self.proxy)
        let wrong = "Authorization: Bearer nonsense\r\n"
        #expect(post(proxy, bench, "X-Forwarded-For: 192.0.2.1\r\n\(wrong)") == "401")
        #expect(post(proxy, bench, "X-Forwarded-For: 192.0.2.1\r\n\(wrong)") == "429")
        #expect(post(proxy, bench, "X-Forwarded-For: 192.0.2.2\r\n\(wrong)") == "401")
        #expect(post(proxy, bench, "X-Forwarded-For: 192.0.2.3\r\n\(try bearer())") == "200")
        let rejected = bench.recorder.records(of: "auth-rejected").map { $0["peer"]?.stringValue }
        #expect(rejected == ["192.0.2.1", "192.0.2.2"])
    }

    @Test("a trusted proxy's word opens nothing: loopback is decided by the peer, and the headers are removed") func onlyLimits() throws {
        let development = TestEngine(isTokenMode: false)
        let dev = try bench({ _ in }, engine: development)
        let proxy = dev.connect(peer: Self.proxy)
        proxy.post("{}", fields: "X-Forwarded-For: 127.0.0.1\r\n")
        #expect(proxy.received().contains("dev-mode-rejects-non-loopback"))
        let local = try ProxyBench(engine: development, trustedProxies: TrustedProxies(networks: [IPNetwork("127.0.0.1")]))
        let client = local.connect()
        client.post("{}", fields: "Forwarded: for=127.0.0.1\r\n")
        #expect(client.received().contains("dev-mode-rejects-forwarded"))
        client.request("GET /healthz", "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: localhost\r\nOrigin: https://evil.example\r\n")
        #expect(client.received().hasPrefix("HTTP/1.1 403 "))

        let bench = try bench { _ in }
        let forwarding = bench.connect(peer: Self.proxy)
        forwarding.post("{}", fields: "X-Forwarded-For: 192.0.2.1\r\nForwarded: for=192.0.2.1\r\nX-Real-IP: 192.0.2.1\r\n\(try bearer())")
        #expect(!bench.sent().lowercased().contains("192.0.2.1"))
    }
}

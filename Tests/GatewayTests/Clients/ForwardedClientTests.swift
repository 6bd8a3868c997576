import ProcessSupport
import Testing

@testable import Gateway

/// `trusted_proxies`: whose word counts, and how far it is followed.
@Suite struct ForwardedClientTests {
    private static let proxy = PeerAddress(text: "10.0.0.1", isLoopback: false)

    private func client(_ lines: [String], peer: PeerAddress = proxy, trusted: [String] = ["10.0.0.0/8", "2001:db8:aaaa::/48"]) throws
        -> String
    {
        var proxies = TrustedProxies()
        for text in trusted {
            if text == "unix" { proxies.includesUnixSockets = true } else { proxies.networks.append(try IPNetwork(text)) }
        }
        let head = Array((["Host: x"] + lines).joined(separator: "\r\n").utf8) + Array("\r\n\r\n".utf8)
        var table = FieldTable()
        try table.parse(head.span, from: 0)
        return ForwardedClient(proxies: proxies).address(behind: peer, head.span, table.fields).text
    }

    @Test(
        "the rightmost address that is no trusted proxy's",
        arguments: [
            ([], "10.0.0.1"),
            (["X-Forwarded-For: 192.0.2.7"], "192.0.2.7"),
            (["x-forwarded-for: 203.0.113.9, 192.0.2.7"], "192.0.2.7"),
            (["X-Forwarded-For: 203.0.113.9, 192.0.2.7, 10.9.9.9,10.0.0.2"], "192.0.2.7"),
            (["X-Forwarded-For: 203.0.113.9", "Other: 1", "X-Forwarded-For: 192.0.2.7, 10.0.0.2"], "192.0.2.7"),
            (["X-Forwarded-For: 192.0.2.7", "X-Forwarded-For: 10.0.0.2", "X-Forwarded-For: "], "192.0.2.7"),
            (["X-Forwarded-For: 192.0.2.7, , ,"], "192.0.2.7"),
            (["X-Forwarded-For: ::ffff:192.0.2.7, ::ffff:10.0.0.2"], "192.0.2.7"),
            (["X-Forwarded-For: 2001:DB8::7, 2001:db8:aaaa::1"], "2001:db8::7"),
            (["Forwarded: for=203.0.113.9, for=192.0.2.7;proto=https, for=\"[2001:db8:aaaa::1]:9\""], "192.0.2.7"),
            (["Forwarded: for=\"evil, for=203.0.113.9", "Forwarded: for=192.0.2.7"], "192.0.2.7"),
            (["Forwarded: for=\"evil, for=\"192.0.2.7:80\""], "192.0.2.7"),
        ] as [([String], String)]
    )
    func rightmost(lines: [String], expected: String) throws {
        #expect(try client(lines) == expected)
    }

    @Test("where both headers are, one may be the client's own: neither counts") func both() throws {
        #expect(try client(["X-Forwarded-For: 192.0.2.7", "Forwarded: for=203.0.113.9"]) == "10.0.0.1")
        #expect(try client(["Forwarded: for=192.0.2.7", "X-Forwarded-For: 192.0.2.7"]) == "10.0.0.1")
        #expect(try client(["X-Forwarded-For: 203.0.113.9", "Forwarded: nonsense"]) == "10.0.0.1")
        #expect(try client(["X-Forwarded-For: 203.0.113.9", "Forwarded: "]) == "10.0.0.1")
    }

    @Test("all hops are trusted: the first one") func allTrusted() throws {
        #expect(try client(["X-Forwarded-For: 10.3.3.3, 10.2.2.2"]) == "10.3.3.3")
    }

    @Test("a proxy that hides who asked: the last good hop") func hidden() throws {
        #expect(try client(["Forwarded: for=203.0.113.9, for=_gazonk, for=10.2.2.2"]) == "10.2.2.2")
        #expect(try client(["Forwarded: for=203.0.113.9, for=unknown"]) == "10.0.0.1")
        #expect(try client(["Forwarded: for=203.0.113.9, proto=https, for=10.2.2.2"]) == "10.2.2.2")
        #expect(try client(["X-Forwarded-For: 203.0.113.9, unknown, 10.2.2.2"]) == "10.2.2.2")
    }

    @Test("what cannot be read before the client is found: the peer") func unreadable() throws {
        #expect(try client(["X-Forwarded-For: 203.0.113.9, evil"]) == "10.0.0.1")
        #expect(try client(["X-Forwarded-For: 203.0.113.9, evil, 10.2.2.2"]) == "10.0.0.1")
        #expect(try client(["X-Forwarded-For: evil, 203.0.113.9"]) == "203.0.113.9")
        #expect(try client(["Forwarded: for=203.0.113.9, for=10.2.2.2;for=10.2.2.3"]) == "10.0.0.1")
    }

    @Test("the word of everyone else has no effect") func untrusted() throws {
        for text in ["192.0.2.1", "127.0.0.1", "::1", "11.0.0.1", "unknown", "a00::1"] {
            let peer = PeerAddress(text: text, isLoopback: false)
            #expect(try client(["X-Forwarded-For: 203.0.113.9", "Forwarded: for=203.0.113.9"], peer: peer) == text)
        }
        let unix = PeerAddress(text: "unix", isLoopback: true)
        #expect(try client(["X-Forwarded-For: 203.0.113.9"], peer: unix) == "unix")
        #expect(try client(["X-Forwarded-For: 203.0.113.9"], trusted: ["unix"]) == "10.0.0.1")
    }

    @Test("a peer at a Unix socket is trusted where the list says unix") func unixSocket() throws {
        let unix = PeerAddress(text: "unix", isLoopback: true)
        #expect(try client(["X-Forwarded-For: 203.0.113.9"], peer: unix, trusted: ["unix"]) == "203.0.113.9")
        #expect(try client([], peer: unix, trusted: ["unix"]) == "unix")
    }

    @Test("a peer that an IPv6 socket sees as IPv4-mapped is the IPv4 one") func mapped() throws {
        let peer = PeerAddress(text: "::ffff:10.0.0.1", isLoopback: false)
        #expect(try client(["X-Forwarded-For: 203.0.113.9"], peer: peer) == "203.0.113.9")
    }

    @Test("other headers and other spellings do not count") func otherHeaders() throws {
        for name in ["X_Forwarded_For", "X-Forwarded_For", "X-Real-IP", "X-Forwarded", "X-Forwarded-Host", "X-Forwarded-Fork", "Via"] {
            #expect(try client(["\(name): 203.0.113.9"]) == "10.0.0.1")
        }
    }

    @Test("not more than so many hops are followed") func hops() throws {
        func list(_ count: Int) -> String { "X-Forwarded-For: 192.0.2.7" + String(repeating: ", 10.0.0.2", count: count) }
        #expect(try client([list(ForwardedClient.hopLimit - 1)]) == "192.0.2.7")
        #expect(try client([list(ForwardedClient.hopLimit)]) == "10.0.0.1")
        #expect(try client(["X-Forwarded-For: 192.0.2.7" + String(repeating: ",", count: 20_000)]) == "10.0.0.1")
        #expect(try client(["Forwarded: for=192.0.2.7," + String(repeating: "\"", count: 20_001)]) == "10.0.0.1")
        #expect(try client(["Forwarded: " + String(repeating: "\\\"", count: 10_000)]) == "10.0.0.1")
    }

    @Test("no bytes that a head may hold do any harm") func hostile() throws {
        var random = SystemRandomNumberGenerator()
        let alphabet = Array("for=\"\\,;:[]._ 0123456789abcdef\t%x\u{e9}".utf8)
        for _ in 0..<2_000 {
            let length = Int.random(in: 0...40, using: &random)
            let value = (0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
            for name in ["Forwarded", "X-Forwarded-For"] {
                let head = Array("\(name): ".utf8) + value + Array("\r\n\r\n".utf8)
                var table = FieldTable()
                try table.parse(head.span, from: 0)
                let proxies = TrustedProxies(networks: [try IPNetwork("10.0.0.1")])
                let found = ForwardedClient(proxies: proxies).address(behind: Self.proxy, head.span, table.fields)
                #expect(IPAddress(found.text) != nil)
            }
        }
    }
}

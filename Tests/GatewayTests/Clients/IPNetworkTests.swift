import ProcessSupport
import Testing

@testable import Gateway

/// `trusted_proxies`: addresses and blocks.
@Suite struct IPNetworkTests {
    @Test(
        "which addresses a block holds",
        arguments: [
            ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false), ("192.0.2.7/32", "192.0.2.7", true),
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("192.0.2.128/25", "192.0.2.127", false),
            ("192.0.2.128/25", "192.0.2.255", true), ("128.0.0.0/1", "127.255.255.255", false), ("128.0.0.0/1", "200.1.1.1", true),
            ("10.32.0.0/11", "10.63.1.1", true), ("10.32.0.0/11", "10.64.0.0", false), ("192.0.2.6/31", "192.0.2.7", true),
            ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false), ("2001:DB8::7", "2001:db8:0::7", true),
            ("fe80::/10", "febf::1", true), ("fe80::/10", "fec0::1", false), ("::1", "::1", true), ("::1/128", "::2", false),
            ("10.0.0.0/8", "a00::1", false), ("a00::/8", "10.0.0.1", false),
            // An IPv4-mapped address is the IPv4 address, on either side.
            ("10.0.0.0/8", "::ffff:10.1.2.3", true), ("::ffff:10.0.0.0/104", "10.1.2.3", true), ("::ffff:192.0.2.7", "192.0.2.7", true),
            ("::/1", "10.1.2.3", false), ("::/1", "::ffff:10.1.2.3", false), ("::ffff:10.0.0.0/104", "::ffff:11.0.0.1", false),
        ]
    )
    func contains(network: String, address: String, expected: Bool) throws {
        #expect(try IPNetwork(network).contains(#require(IPAddress(address)).unmapped) == expected)
    }

    @Test(
        "what is no block, and why",
        arguments: [
            ("", "must be an address"), ("localhost", "must be an address"), ("Unix", "must be an address"),
            ("10.0.0", "must be an address"),
            ("10.0.0.0/8/8", "must be an address"), ("/8", "must be an address"), (" 10.0.0.1", "must be an address"),
            ("fe80::1%eth0", "must be an address"), ("[::1]", "must be an address"), ("10.0.0.1:80", "must be an address"),
            ("010.0.0.1", "must be an address"), ("*", "must be an address"),
            ("10.0.0.0/", "prefix length from 1 to 32"), ("10.0.0.0/33", "prefix length from 1 to 32"),
            ("10.0.0.0/08", "prefix length from 1 to 32"), ("10.0.0.0/+8", "prefix length from 1 to 32"),
            ("10.0.0.0/255.0.0.0", "prefix length from 1 to 32"), ("::/129", "prefix length from 1 to 128"),
            ("10.0.0.0/99999999999999999999", "prefix length from 1 to 32"),
            ("10.0.0.1/8", "the block is 10.0.0.0/8"), ("2001:db8::1/32", "the block is 2001:db8::/32"),
            ("0.0.0.0/0", "must not be everyone"), ("::/0", "must not be everyone"), ("::ffff:0.0.0.0/96", "must not be everyone"),
        ]
    )
    func faults(text: String, words: String) {
        let fault = #expect(throws: IPNetwork.Fault.self) { try IPNetwork(text) }
        #expect(fault?.message.contains(words) == true, "\(fault?.message ?? "")")
    }

    @Test(
        "the text that is shown",
        arguments: [
            ("10.0.0.0/8", "10.0.0.0/8"), ("10.0.0.1/32", "10.0.0.1"), ("::FFFF:10.0.0.0/104", "10.0.0.0/8"),
            ("2001:DB8:0::/48", "2001:db8::/48"),
        ]
    )
    func text(network: String, expected: String) throws {
        #expect(try IPNetwork(network).text == expected)
    }

    @Test("limits count an IPv4-mapped address as IPv4, and of IPv6 the /64 network") func limitKeys() throws {
        func key(_ text: String) throws -> String { ClientAddress(try #require(IPAddress(text)), text: text).limitKey }
        #expect(try key("192.0.2.7") == "192.0.2.7")
        #expect(try key("::ffff:192.0.2.7") == "192.0.2.7")
        #expect(try key("2001:db8:1:2:3:4:5:6") == key("2001:db8:1:2:ffff::1"))
        #expect(try key("2001:db8:1:2::1") != key("2001:db8:1:3::1"))
        #expect(PeerAddress(nil).client == ClientAddress(name: "unknown"))
        // What the log shows of a peer stays what the kernel reported.
        #expect(PeerAddress(text: "::ffff:192.0.2.7", isLoopback: false).client.text == "::ffff:192.0.2.7")
    }
}

import ProcessSupport
import Testing

@Suite struct IPAddressTests {
    @Test(
        "the usual notation",
        arguments: [
            ("192.0.2.7", "192.0.2.7"), ("2001:DB8:0:0:0:0:0:7", "2001:db8::7"), ("::", "::"), ("::ffff:192.0.2.7", "::ffff:192.0.2.7"),
        ]
    )
    func text(address: String, expected: String) throws {
        #expect(try #require(IPAddress(address)).text == expected)
    }

    @Test(
        "an IPv4-mapped address is the IPv4 address, no other one is",
        arguments: [
            ("::ffff:192.0.2.7", "192.0.2.7"), ("192.0.2.7", "192.0.2.7"), ("::192.0.2.7", "::192.0.2.7"),
            ("64:ff9b::c000:207", "64:ff9b::c000:207"),
        ]
    )
    func unmapped(address: String, expected: String) throws {
        #expect(try #require(IPAddress(address)).unmapped == IPAddress(expected))
    }

    @Test(
        "the first address of its block",
        arguments: [
            ("192.0.2.255", 25, "192.0.2.128"), ("192.0.2.255", 0, "0.0.0.0"), ("192.0.2.255", 32, "192.0.2.255"),
            ("2001:db8:1:2:3:4:5:6", 64, "2001:db8:1:2::"), ("ffff::", 9, "ff80::"),
        ]
    )
    func masked(address: String, length: Int, expected: String) throws {
        #expect(try #require(IPAddress(address)).masked(to: length) == IPAddress(expected))
    }
}

import NIOCore
import Testing

@testable import Gateway

@Suite struct PeerAddressTests {
    @Test(
        "loopback is 127.0.0.0/8, ::1 and ::ffff:127.0.0.0/104",
        arguments: [
            ("127.0.0.1", true), ("127.255.0.9", true), ("::1", true), ("::ffff:127.0.0.1", true), ("::ffff:127.9.9.9", true),
            ("128.0.0.1", false), ("10.0.0.1", false), ("::", false), ("::2", false), ("::ffff:10.0.0.1", false), ("::127.0.0.1", false),
            ("fe80::1", false), ("2001:db8::1", false),
        ]
    )
    func loopback(address: String, expected: Bool) throws {
        #expect(PeerAddress(try SocketAddress(ipAddress: address, port: 4)).isLoopback == expected)
    }

    @Test("a Unix socket is loopback, an unknown peer is not") func others() throws {
        #expect(PeerAddress(try SocketAddress(unixDomainSocketPath: "/tmp/x")) == PeerAddress(text: "unix", isLoopback: true))
        #expect(PeerAddress(nil) == PeerAddress(text: "unknown", isLoopback: false))
    }
}

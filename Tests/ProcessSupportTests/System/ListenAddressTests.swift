import ProcessSupport
import Testing

@Suite struct ListenAddressTests {
    @Test(
        "accepts addresses, localhost and Unix sockets, and knows which are loopback",
        arguments: [
            ("127.0.0.1", "127.0.0.1:8000", true), ("127.255.255.254", "127.255.255.254:8000", true), ("localhost", "localhost:8000", true),
            ("LocalHost", "localhost:8000", true), ("::1", "[::1]:8000", true), ("[::1]", "[::1]:8000", true),
            (" ::1 ", "[::1]:8000", true),
            ("0:0:0:0:0:0:0:1", "[0:0:0:0:0:0:0:1]:8000", true), ("::ffff:127.0.0.1", "[::ffff:127.0.0.1]:8000", true),
            ("0.0.0.0", "0.0.0.0:8000", false),
            ("::", "[::]:8000", false), ("10.0.0.1", "10.0.0.1:8000", false), ("128.0.0.1", "128.0.0.1:8000", false),
            ("::2", "[::2]:8000", false),
            ("::ffff:10.0.0.1", "[::ffff:10.0.0.1]:8000", false), ("::127.0.0.1", "[::127.0.0.1]:8000", false),
            ("unix:/run/x.sock", "unix:/run/x.sock", true),
        ]
    )
    func accepts(host: String, description: String, isLoopback: Bool) throws {
        let address = try ListenAddress(host, port: 8000)
        #expect(address.description == description)
        #expect(address.isLoopback == isLoopback)
    }

    @Test(
        "refuses names and what only looks like an address, and says what is accepted",
        arguments: [
            "", "example.com", "localhost.", "127.1", "127.0.0.1.1", "0177.0.0.1", "127.0.0.01", "256.0.0.1", "1.2.3.4:80", "[127.0.0.1]",
            "fe80::1%eth0", ":::", "*",
            "2130706433", "http://127.0.0.1",
        ]
    )
    func refuses(host: String) throws {
        let error = try #require(throws: ListenAddress.Failure.self) { try ListenAddress(host, port: 1) }
        #expect(error.description == "must be an IPv4 or IPv6 address, localhost, or unix:/absolute/path")
    }

    @Test(
        "refuses a Unix socket without an absolute path or with one that is too long",
        arguments: ["unix:", "unix:x", "unix:/", "unix:/a/", "unix:./x"]
    )
    func sockets(host: String) throws {
        let error = try #require(throws: ListenAddress.Failure.self) { try ListenAddress(host, port: 1) }
        #expect(error.description == "a Unix socket is given as unix:/absolute/path")
        #expect(throws: ListenAddress.Failure.self) { try ListenAddress("unix:/a\0b", port: 1) }
        #expect(throws: ListenAddress.Failure.self) { try ListenAddress("127.0.0.1\0", port: 1) }
        let long = "unix:/" + String(repeating: "x", count: 106)
        #expect(try ListenAddress(long, port: 0).isLoopback)
        #expect(throws: ListenAddress.Failure.self) { try ListenAddress(long + "x", port: 0) }
    }

    @Test("accepts ports from 0 to 65535")
    func ports() throws {
        #expect(try ListenAddress("::1", port: 0).endpoint == .tcp(host: "::1", port: 0))
        #expect(try ListenAddress("::1", port: 65535).endpoint == .tcp(host: "::1", port: 65535))
        #expect(throws: ListenAddress.Failure.self) { try ListenAddress("::1", port: 65536) }
        #expect(throws: ListenAddress.Failure.self) { try ListenAddress("::1", port: -1) }
    }

    @Test("binds localhost to an address that is surely loopback")
    func bindHost() throws {
        #expect(try ListenAddress("localhost", port: 1).bindHost == "127.0.0.1")
        #expect(try ListenAddress("::1", port: 1).bindHost == "::1")
        #expect(try ListenAddress("unix:/x", port: 1).bindHost == nil)
    }
}

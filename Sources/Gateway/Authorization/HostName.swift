import ProcessSupport

/// A host and an optional port, as in a Host header or an authority.
struct HostName: Sendable, Hashable {
    /// The host in lower case; an IPv6 address in brackets.
    let host: String
    /// The port, where one is given.
    let port: Int?

    /// Parses `name`, `name:port`, `192.0.2.1:port`, `[::1]:port`.
    ///
    /// Nil for anything else: only letters, digits, `-`, `.` and `_` make a name.
    init?(_ text: String) {
        var rest = Substring(text.lowercased()).utf8
        guard text.utf8.allSatisfy({ $0 < 0x80 }), !rest.isEmpty, rest.count <= 512 else { return nil }
        let name: Substring.UTF8View
        if rest.first == UInt8(ascii: "[") {
            guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            name = rest[...end]
            guard Self.isAddress(String(Substring(name.dropFirst().dropLast()))) else { return nil }
            rest = rest[rest.index(after: end)...]
        } else {
            name = rest.prefix { $0 != UInt8(ascii: ":") }
            guard !name.isEmpty, name.allSatisfy(Self.isNameCharacter) else { return nil }
            rest = rest.dropFirst(name.count)
        }
        if rest.isEmpty {
            port = nil
        } else {
            let digits = rest.dropFirst()
            guard rest.first == UInt8(ascii: ":"), (1...5).contains(digits.count),
                digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                let value = Int(String(Substring(digits))), value <= 65_535
            else { return nil }
            port = value
        }
        host = String(Substring(name))
    }

    /// Whether the host is an IP literal.
    var isAddress: Bool { host.hasPrefix("[") || Self.isAddress(host) }

    /// Whether the host is `localhost`, in 127.0.0.0/8, or `[::1]`.
    var isLoopback: Bool {
        if host == "localhost" { return true }
        return IPAddress(host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host)?.isLoopback ?? false
    }

    private static func isAddress(_ text: String) -> Bool { IPAddress(text) != nil }

    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }
}

/// Where a service is reached: scheme and authority, no path.
package struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    /// How the connection is secured.
    package enum Scheme: String, Sendable, Hashable {
        case http
        case https
    }

    /// The scheme.
    package let scheme: Scheme
    /// Host and, unless it is the scheme's own, port, exactly as written: what `Host` says and what is signed.
    package let authority: String

    /// An endpoint whose authority the caller knows to be valid.
    init(scheme: Scheme = .https, authority: String) {
        self.scheme = scheme
        self.authority = authority
    }

    /// Scheme and authority, for messages.
    package var description: String { "\(scheme.rawValue)://\(authority)" }

    /// Reads `host`, `host:port`, `https://host:port` or `http://host:port`; an IPv6 address stands in brackets.
    ///
    /// There may be no path, not even `/`, no user name and no query.
    ///
    /// - Throws: What is wrong, without the text itself.
    package init(parsing text: String) throws(EndpointSyntaxError) {
        var rest = Substring(text)
        var scheme = Scheme.https
        if let separator = rest.firstRange(of: "://") {
            guard let named = Scheme(rawValue: ASCII.lowercased(String(rest[..<separator.lowerBound]))) else { throw .unknownScheme }
            scheme = named
            rest = rest[separator.upperBound...]
        }
        if rest.isEmpty { throw .missingHost }
        if rest.utf8.contains(where: { [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }) { throw .notAnAuthority }
        let host: Substring
        let port: Substring?
        if rest.utf8.first == UInt8(ascii: "[") {
            guard let end = rest.firstIndex(of: "]") else { throw .invalidHost }
            host = rest[...end]
            let address = rest[rest.index(after: rest.startIndex)..<end]
            guard address.contains(":"), address.utf8.allSatisfy({ ASCII.hexValue($0) != nil || $0 == 0x3A || $0 == 0x2E }) else {
                throw .invalidHost
            }
            let tail = rest[rest.index(after: end)...]
            guard tail.isEmpty || tail.first == ":" else { throw .invalidHost }
            port = tail.isEmpty ? nil : tail.dropFirst()
        } else {
            host = rest.prefix { $0 != ":" }
            port = host.endIndex == rest.endIndex ? nil : rest[rest.index(after: host.endIndex)...]
            guard Self.isHostName(host.utf8) else { throw .invalidHost }
        }
        if let port {
            guard port.utf8.count <= 5, port.utf8.allSatisfy({ ASCII.isDigit($0) }), let number = Int(port), 1...65535 ~= number else {
                throw .invalidPort
            }
            let isDefault = number == (scheme == .https ? 443 : 80)
            self.init(scheme: scheme, authority: String(isDefault ? host : rest))
        } else {
            self.init(scheme: scheme, authority: String(rest))
        }
    }

    /// Letters, digits, `-`, `_` and dots between labels that are not empty; at most 253 bytes.
    private static func isHostName(_ bytes: Substring.UTF8View) -> Bool {
        guard !bytes.isEmpty, bytes.count <= 253 else { return false }
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.count <= 63
                && label.allSatisfy { (PercentEncoding.isUnreserved($0) && $0 != UInt8(ascii: "~")) }
        }
    }
}

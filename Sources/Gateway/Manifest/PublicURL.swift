/// The gateway's address as its clients know it: an absolute http(s) URL without path, query and fragment (gateway.md §1).
struct PublicURL: Sendable, Hashable {
    /// `http` or `https`.
    let scheme: String
    /// The host in lower case; an IPv6 address in brackets.
    let host: String
    /// The port, unless it is the scheme's own.
    let port: Int?

    /// Parses the URL.
    ///
    /// A single final `/` is no path.
    init?(_ text: String) {
        guard let separator = text.range(ofASCII: "://") else { return nil }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        var authority = text[separator.upperBound...]
        if authority.utf8.last == UInt8(ascii: "/") { authority = authority.dropLast() }
        guard let name = HostName(String(authority)) else { return nil }
        self.scheme = scheme
        host = name.host
        port = name.port == (scheme == "https" ? 443 : 80) ? nil : name.port
    }

    /// The origin, which is also the base of the resource URLs: `https://mcp.example.com`.
    var origin: String { "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")" }
}

extension String {
    /// The first place of an ASCII text, compared by bytes.
    func range(ofASCII needle: String) -> Range<String.Index>? {
        var start = utf8.startIndex
        while start < utf8.endIndex {
            if utf8[start...].starts(with: needle.utf8) { return start..<utf8.index(start, offsetBy: needle.utf8.count) }
            start = utf8.index(after: start)
        }
        return nil
    }
}

extension KeySetLocation {
    /// Parses `https://…`, `http://` for loopback hosts only, or `file:PATH`.
    init(_ text: String) throws(ConfigurationProblem) {
        if text.utf8.starts(with: "file:".utf8) {
            let path = String(text.dropFirst(text.utf8.starts(with: "file:///".utf8) ? 7 : 5))
            guard !path.isEmpty, !path.utf8.contains(0) else { throw ConfigurationProblem("jwks_url", "must name a file behind file:") }
            self = .file(path)
            return
        }
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }
        let isSecure = text.utf8.starts(with: "https://".utf8)
        guard isPlain, isSecure || text.utf8.starts(with: "http://".utf8) else {
            throw ConfigurationProblem("jwks_url", "must be an https:// URL, an http:// URL of a loopback host, or file:PATH")
        }
        let authority = text.utf8.dropFirst(isSecure ? 8 : 7).prefix {
            $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
        }
        guard let host = HostName(String(Substring(authority))) else { throw ConfigurationProblem("jwks_url", "must have a host") }
        guard isSecure || host.isLoopback else {
            throw ConfigurationProblem("jwks_url", "must use https: only a loopback host may be reached by http")
        }
        self = .url(text)
    }
}

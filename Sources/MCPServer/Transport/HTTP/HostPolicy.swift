import HTTPTypes

/// Which Host and Origin values are accepted: the defence against DNS rebinding and against foreign web pages.
struct HostPolicy: Sendable {
    private let hosts: Set<String>
    private let origins: Set<String>
    private let acceptsEveryOrigin: Bool
    private let acceptsAnyLiteral: Bool
    private let acceptsAnyHost: Bool

    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "::1"]

    /// The policy of a listener: loopback names, its own name and what the configuration adds.
    ///
    /// A listener on every interface also accepts address literals, which cannot be rebound.
    init(_ configuration: HTTPConfiguration) {
        var hosts = Self.loopback.union(configuration.allowedHosts.map { $0.lowercased() })
        switch configuration.address {
        case .host(let host, _):
            hosts.insert(host.lowercased())
            acceptsAnyLiteral = host == "0.0.0.0" || host == "::"
            acceptsAnyHost = false
        case .unix:
            acceptsAnyLiteral = true
            acceptsAnyHost = true
        }
        self.hosts = hosts
        origins = Set(configuration.allowedOrigins.map { $0.lowercased() })
        acceptsEveryOrigin = configuration.acceptsEveryOrigin
    }

    /// Decides about a request.
    ///
    /// - Throws: 421 for the Host, 403 for the Origin.
    func check(authority: String?, origins requested: [String]) throws(HTTPRefusal) {
        guard let authority, accepts(host: authority) else {
            throw HTTPRefusal(status: .misdirectedRequest, reason: "invalid-host")
        }
        for origin in requested where !accepts(origin: origin) {
            throw HTTPRefusal(status: .forbidden, reason: "invalid-origin")
        }
    }

    private func accepts(host authority: String) -> Bool {
        if acceptsAnyHost { return true }
        guard let host = Self.hostName(authority) else { return false }
        return hosts.contains(host) || (acceptsAnyLiteral && Self.isLiteral(host))
    }

    private func accepts(origin: String) -> Bool {
        if acceptsEveryOrigin { return true }
        let origin = origin.lowercased()
        if origins.contains(origin) { return true }
        guard let scheme = ["http://", "https://"].first(where: origin.hasPrefix) else { return false }
        guard let host = Self.hostName(String(origin.dropFirst(scheme.count))) else { return false }
        return Self.loopback.contains(host)
    }

    /// The host of an authority in lower case, without port and brackets; nil when it is malformed.
    static func hostName(_ authority: String) -> String? {
        let host: Substring
        let rest: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<end]
            rest = authority[authority.index(after: end)...]
        } else {
            let end = authority.firstIndex(of: ":") ?? authority.endIndex
            host = authority[..<end]
            rest = authority[end...]
        }
        guard !host.isEmpty, rest.isEmpty || (rest.first == ":" && rest.dropFirst().utf8.allSatisfy { (0x30...0x39).contains($0) }) else {
            return nil
        }
        return host.lowercased()
    }

    private static func isLiteral(_ host: String) -> Bool {
        if host.contains(":") { return host.utf8.allSatisfy { $0 == 0x3A || $0 == 0x2E || isHexDigit($0) } }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}

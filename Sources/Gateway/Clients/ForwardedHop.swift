import ProcessSupport

/// Who asked a proxy, as one element of `X-Forwarded-For` or of `Forwarded` (RFC 7239) says.
enum ForwardedHop: Sendable, Hashable {
    /// This address, not IPv4-mapped.
    case address(IPAddress)
    /// Somebody whom the proxy does not name: `unknown`, `_obfuscated`, or no `for` at all.
    case hidden
    /// Nothing that can be understood.
    case unreadable

    /// Longer texts are no addresses.
    private static let longest = 64

    /// An element of `X-Forwarded-For`: an address, also with a port as some proxies write it.
    init(plain bytes: Span<UInt8>, _ range: Range<Int>) {
        guard range.count <= Self.longest else {
            self = .unreadable
            return
        }
        self.init(node: range.map { bytes[$0] })
    }

    /// An element of `Forwarded`: `for=192.0.2.60;proto=http`, `For="[2001:db8:cafe::17]:4711"`.
    init(pairs bytes: Span<UInt8>, _ range: Range<Int>) {
        self = .hidden
        var isFound = false
        var position = range.lowerBound
        while position < range.upperBound {
            guard let pair = ForwardedPair(bytes, position..<range.upperBound) else {
                self = .unreadable
                return
            }
            position = pair.end
            guard HTTPByte.equal(bytes, pair.name, "for") else { continue }
            guard !isFound, pair.value.count <= Self.longest else {
                self = .unreadable
                return
            }
            isFound = true
            self.init(node: pair.value)
        }
    }

    /// A node of RFC 7239 §6: a name and perhaps a port.
    private init(node: [UInt8]) {
        self = .unreadable
        if node.first == UInt8(ascii: "_") {
            if node.allSatisfy({ $0.isObfuscation || $0 == HTTPByte.colon }) { self = .hidden }
            return
        }
        guard let name = Self.withoutPort(node) else { return }
        let text = String(decoding: name, as: UTF8.self)
        if ExactText.same(text.lowercased(), "unknown") {
            self = .hidden
        } else if let address = IPAddress(text) {
            self = .address(address.unmapped)
        }
    }

    /// The address of `address`, `address:port`, `[address]` and `[address]:port`; nil for anything else.
    private static func withoutPort(_ node: [UInt8]) -> ArraySlice<UInt8>? {
        let name: ArraySlice<UInt8>
        let rest: ArraySlice<UInt8>
        if node.first == UInt8(ascii: "[") {
            guard let end = node.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            name = node[1..<end]
            rest = node[(end + 1)...]
            // Only IPv6 stands in brackets.
            guard name.contains(HTTPByte.colon) else { return nil }
        } else if let colon = node.firstIndex(of: HTTPByte.colon), node.lastIndex(of: HTTPByte.colon) == colon {
            name = node[..<colon]
            rest = node[colon...]
        } else {
            return node[...]
        }
        if rest.isEmpty { return name }
        let port = rest.dropFirst()
        let isObfuscated = port.first == UInt8(ascii: "_") && port.allSatisfy(\.isObfuscation)
        let isNumber = (1...5).contains(port.count) && port.allSatisfy(\.isASCIIDigit)
        return rest.first == HTTPByte.colon && (isNumber || isObfuscated) ? name : nil
    }
}

extension UInt8 {
    /// Whether the byte may stand in an obfuscated identifier of RFC 7239 §6.3.
    fileprivate var isObfuscation: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

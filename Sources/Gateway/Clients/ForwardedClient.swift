import ProcessSupport

/// Finds the client behind trusted proxies in `Forwarded` or in `X-Forwarded-For`.
///
/// A proxy sets one of them. Where both are, one may be the client's own, which the proxy passed on unread, so neither counts.
struct ForwardedClient {
    /// More hops than this are not followed.
    static let hopLimit = 32

    let proxies: TrustedProxies

    /// The address of the client.
    ///
    /// It is the rightmost one that is not a trusted proxy's. Where a proxy hides who asked it, and where all hops are trusted, it is the last
    /// one known. Of a header that cannot be read as far as that, and of too many hops, nothing counts: then it is the peer.
    func address(behind peer: PeerAddress, _ bytes: Span<UInt8>, _ fields: [HeadField]) -> ClientAddress {
        guard proxies.contains(peer) else { return peer.client }
        let isStandard = fields.contains { Self.isField($0, bytes, "forwarded") }
        if isStandard, fields.contains(where: { Self.isField($0, bytes, "x-forwarded-for") }) { return peer.client }
        let name: StaticString = isStandard ? "forwarded" : "x-forwarded-for"
        var nearest: IPAddress?
        var count = 0
        for field in fields.reversed() where Self.isField(field, bytes, name) {
            var elements = ForwardedElements(field.value, hasQuotes: isStandard)
            while let element = elements.next(bytes) {
                count += 1
                guard count <= Self.hopLimit else { return peer.client }
                // RFC 9110 §5.6.1: empty elements do not count.
                if element.isEmpty { continue }
                switch isStandard ? ForwardedHop(pairs: bytes, element) : ForwardedHop(plain: bytes, element) {
                case .unreadable: return peer.client
                case .hidden: return Self.client(nearest, peer)
                case .address(let address):
                    nearest = address
                    if !proxies.contains(address) { return Self.client(nearest, peer) }
                }
            }
        }
        return Self.client(nearest, peer)
    }

    private static func client(_ address: IPAddress?, _ peer: PeerAddress) -> ClientAddress {
        address.map { ClientAddress($0) } ?? peer.client
    }

    /// Whether the field has that name, spelled as it should be.
    private static func isField(_ field: HeadField, _ bytes: Span<UInt8>, _ name: StaticString) -> Bool {
        field.kind == .forwarding && !field.isMisspelled && HTTPByte.equal(bytes, field.name, name)
    }
}

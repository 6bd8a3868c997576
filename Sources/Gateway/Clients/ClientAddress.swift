import ProcessSupport

/// The address that a request came from: the peer's own, or the one that a trusted proxy names.
///
/// For logs and limits only; nothing is allowed because of it.
struct ClientAddress: Sendable, Hashable {
    /// The address without the port, for logs: `192.0.2.7`, `2001:db8::7`, `unix`.
    let text: String
    /// Whom limits per address count.
    ///
    /// An IPv4-mapped address counts as the IPv4 address. Of IPv6, the /64 network counts: one client has all of its addresses.
    let limitKey: String

    /// An address in its usual notation.
    init(_ address: IPAddress) { self.init(address, text: address.text) }

    /// An address that is shown as this text, which for IPv4 is the usual notation.
    init(_ address: IPAddress, text: String) {
        self.text = text
        if address.bytes.count == 4 {
            limitKey = text
        } else {
            let plain = address.unmapped
            limitKey = plain.bytes.count == 4 ? plain.text : "\(plain.masked(to: 64).text)/64"
        }
    }

    /// Something that is no IP address, such as `unix`.
    init(name: String) {
        text = name
        limitKey = name
    }
}

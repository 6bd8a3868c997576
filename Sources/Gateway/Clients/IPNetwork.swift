import ProcessSupport

/// A block of addresses (CIDR), or a single one.
///
/// An IPv4-mapped IPv6 address is the IPv4 address that it stands for, here and in what is compared.
struct IPNetwork: Sendable, Hashable {
    /// A text that names no block of proxies.
    struct Fault: Error, Sendable, Hashable {
        /// What it must be.
        let message: String
    }

    /// The first address.
    let address: IPAddress
    /// How many bits all addresses share.
    let length: Int

    /// Parses `192.0.2.7`, `192.0.2.0/24`, `2001:db8::7` or `2001:db8::/32`.
    init(_ text: String) throws(Fault) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let address = IPAddress(String(Substring(parts[0]))) else { throw Self.unreadable }
        let bits = address.bytes.count * 8
        var length = bits
        if parts.count == 2 {
            let digits = parts[1]
            let isNumber =
                (1...3).contains(digits.count) && digits.allSatisfy(\.isASCIIDigit) && (digits.count == 1 || digits.first != 0x30)
            guard isNumber, let number = Int(String(Substring(digits))), number <= bits else {
                throw Fault(message: "must have a prefix length from 1 to \(bits) behind the /")
            }
            length = number
        }
        guard length > 0 else { throw Fault(message: "must not be everyone: whoever connects could invent any address") }
        guard address.masked(to: length) == address else {
            throw Fault(message: "has bits behind the prefix; the block is \(address.masked(to: length).text)/\(length)")
        }
        self.address = address.unmapped
        // A block that holds all mapped addresses and more is one of IPv6 only.
        self.length = self.address.bytes.count == address.bytes.count ? length : max(length - 96, 0)
        guard self.length > 0 else { throw Fault(message: "must not be everyone: whoever connects could invent any address") }
    }

    /// Whether the block holds an address, which is not IPv4-mapped (``IPAddress/unmapped``).
    func contains(_ other: IPAddress) -> Bool {
        let bytes = address.bytes
        guard bytes.count == other.bytes.count else { return false }
        let whole = length / 8
        for index in 0..<whole where bytes[index] != other.bytes[index] { return false }
        let rest = length % 8
        return rest == 0 || (bytes[whole] ^ other.bytes[whole]) >> UInt8(8 - rest) == 0
    }

    /// The text of the block; of a single address, that address.
    var text: String { length == address.bytes.count * 8 ? address.text : "\(address.text)/\(length)" }

    private static let unreadable = Fault(
        message: "must be an address, a block such as 10.0.0.0/8 or 2001:db8::/32, or \"unix\""
    )
}

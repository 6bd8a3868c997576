/// The name of an approval: 128 bits from a cryptographic source, written `apr-` + 32 lower-case hexadecimal digits (approvals.md §1).
///
/// Treated as a secret: its description shows the first 8 digits only; ``text`` is the only way to the whole.
package struct ApprovalID: Sendable, Hashable {
    private let high: UInt64
    private let low: UInt64

    /// An id of these random bits.
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads an id strictly; nil for anything that is not the exact form.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == Self.prefix.utf8.count + 32, bytes.starts(with: Self.prefix.utf8) else { return nil }
        var halves: [UInt64] = [0, 0]
        for (position, byte) in bytes.dropFirst(Self.prefix.utf8.count).enumerated() {
            guard let digit = Self.digit(byte) else { return nil }
            halves[position / 16] = halves[position / 16] << 4 | digit
        }
        self.init(high: halves[0], low: halves[1])
    }

    /// The whole id, for its owner only.
    package var text: String { Self.prefix + Self.hex(high) + Self.hex(low) }

    /// The first 8 hexadecimal digits, for logs.
    package var logText: String { String(Self.hex(high).prefix(8)) }

    private static let prefix = "apr-"

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        default: nil
        }
    }
}

extension ApprovalID: CustomStringConvertible {
    /// `apr-` and the first 8 digits.
    package var description: String { Self.prefix + logText + "…" }
}

extension ApprovalID {
    /// The text with every approval id in it cut to its first 8 digits.
    package static func masked(in text: String) -> String {
        guard text.utf8.count >= 36, text.contains(prefix) else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            if rest.starts(with: prefix.utf8), let id = ApprovalID(String(decoding: rest.prefix(36), as: UTF8.self)) {
                bytes += id.description.utf8
                rest = rest.dropFirst(36)
            } else {
                bytes.append(rest.removeFirst())
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

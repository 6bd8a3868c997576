/// Base64 (RFC 4648) that accepts one text only for each sequence of bytes.
package enum Base64 {
    /// Which characters stand for 62 and 63.
    package enum Alphabet: Sendable {
        /// `+` and `/` (§4).
        case standard
        /// `-` and `_` (§5).
        case urlSafe
    }

    /// Whether the text is filled up with `=` to a multiple of four.
    package enum Padding: Sendable {
        case required, none
    }

    /// The bytes as text.
    package static func encode(_ bytes: some Sequence<UInt8>, _ alphabet: Alphabet = .standard, padding: Padding = .required) -> String {
        let table = encoding(alphabet)
        var text: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(table[Int(buffer >> bits & 63)])
            }
        }
        if bits > 0 { text.append(table[Int(buffer << (6 - bits) & 63)]) }
        if padding == .required { while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) } }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that the text stands for; nil for a character outside the alphabet, white space too, for padding other than demanded,
    /// an impossible length, or bits left over that are not zero.
    package static func decode(
        _ text: some Collection<UInt8>,
        _ alphabet: Alphabet = .standard,
        padding: Padding = .required
    ) -> [UInt8]? {
        var digits = text[...]
        if padding == .required {
            guard text.count % 4 == 0 else { return nil }
            let count = text.count
            // `===` is no padding: its length makes it fail below.
            let tail = digits.suffix(2)
            let equals = tail.reversed().prefix { $0 == UInt8(ascii: "=") }.count
            digits = digits.prefix(count - equals)
        }
        guard digits.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count * 3 / 4)
        var buffer: UInt32 = 0
        var bits = 0
        for digit in digits {
            guard let value = value(digit, alphabet) else { return nil }
            buffer = buffer << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
            }
        }
        guard buffer & (1 << UInt32(bits) - 1) == 0 else { return nil }
        return bytes
    }

    /// The bytes that the text stands for, as above.
    package static func decode(_ text: String, _ alphabet: Alphabet = .standard, padding: Padding = .required) -> [UInt8]? {
        decode(Array(text.utf8), alphabet, padding: padding)
    }

    private static func encoding(_ alphabet: Alphabet) -> [UInt8] {
        switch alphabet {
        case .standard: standard
        case .urlSafe: urlSafe
        }
    }

    private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let urlSafe = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static func value(_ byte: UInt8, _ alphabet: Alphabet) -> UInt8? {
        if byte.isASCIIUppercase { return byte - 0x41 }
        if byte.isASCIILowercase { return byte - 0x61 + 26 }
        if byte.isASCIIDigit { return byte - 0x30 + 52 }
        return switch (alphabet, byte) {
        case (.standard, UInt8(ascii: "+")), (.urlSafe, UInt8(ascii: "-")): 62
        case (.standard, UInt8(ascii: "/")), (.urlSafe, UInt8(ascii: "_")): 63
        default: nil
        }
    }
}

/// Identifiers that follow from a text, so that two starts of the simulator agree on them.
///
/// Not for security.
enum IdentifierDigest {
    /// So many hexadecimal digits.
    static func hex(of text: String, count: Int) -> String {
        var source = IdentifierSource(seed: seed(text))
        var digits = ""
        while digits.utf8.count < count { digits += source.hex32() }
        return String(digits.prefix(count))
    }

    /// A UUID in lower case.
    static func uuid(of text: String) -> String {
        var source = IdentifierSource(seed: seed(text))
        return source.uuid()
    }

    /// A number from 0 up to the bound.
    static func number(of text: String, below bound: Int) -> Int { Int(seed(text) % UInt64(bound)) }

    /// FNV-1a over the text's UTF-8.
    private static func seed(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}

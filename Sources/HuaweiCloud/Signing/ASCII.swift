/// Letter case, white space and hexadecimal digits by bytes, never by locale (huaweicloud-http.md §1.5).
enum ASCII {
    /// The lower-case form of an ASCII letter; every other byte unchanged.
    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// The upper-case form of an ASCII letter; every other byte unchanged.
    @inline(__always)
    static func uppercased(_ byte: UInt8) -> UInt8 { byte &- 0x61 < 26 ? byte & 0xDF : byte }

    /// The text with its ASCII letters in lower case.
    static func lowercased(_ text: String) -> String { String(decoding: text.utf8.lazy.map { lowercased($0) }, as: UTF8.self) }

    /// The text with its ASCII letters in upper case.
    static func uppercased(_ text: String) -> String { String(decoding: text.utf8.lazy.map { uppercased($0) }, as: UTF8.self) }

    /// Whether two texts are equal by bytes but for the case of ASCII letters.
    static func equalIgnoringCase(_ lhs: String.UTF8View, _ rhs: String.UTF8View) -> Bool {
        lhs.count == rhs.count && lhs.elementsEqual(rhs) { lowercased($0) == lowercased($1) }
    }

    /// The bytes without spaces and tabs at both ends.
    static func trimmed(_ bytes: Substring.UTF8View) -> Substring.UTF8View {
        var bytes = bytes
        while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return bytes
    }

    /// The text without spaces and tabs at both ends.
    static func trimmed(_ text: String) -> String {
        guard let first = text.utf8.first, let last = text.utf8.last, isBlank(first) || isBlank(last) else { return text }
        return String(Substring(trimmed(Substring(text).utf8)))
    }

    /// Whether the byte is a space or a tab.
    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Whether the byte is a decimal digit.
    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// The value of a hexadecimal digit of either case; nil for any other byte.
    @inline(__always)
    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte &- 0x30
        case 0x41...0x46: byte &- 0x37
        case 0x61...0x66: byte &- 0x57
        default: nil
        }
    }

    /// The upper-case hexadecimal digit of a value below 16.
    @inline(__always)
    static func upperHexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 &+ value : 0x37 &+ value }

    /// Appends the lower-case hexadecimal digits of the bytes.
    static func appendLowerHex(_ bytes: some Sequence<UInt8>, to output: inout [UInt8]) {
        for byte in bytes {
            output.append(lowerHexDigit(byte >> 4))
            output.append(lowerHexDigit(byte & 0x0F))
        }
    }

    @inline(__always)
    private static func lowerHexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 &+ value : 0x57 &+ value }
}

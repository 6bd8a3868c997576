extension JSONReader {
    /// The index of the first quotation mark or backslash from the start on; what lies before it is UTF-8 without control characters.
    func plain(from start: Int, _ bytes: Span<UInt8>) throws(JSONParseError) -> Int {
        var index = start
        while true {
            index = Self.skipPlainASCII(from: index, bytes)
            guard index < bytes.count else { throw JSONParseError(.unexpectedEnd, at: bytes.count, in: bytes) }
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return index }
            if byte < 0x20 { throw JSONParseError(.controlCharacter, at: index, in: bytes) }
            repeat {
                index += try sequence(at: index, bytes)
            } while index < bytes.count && bytes[index] >= 0x80
        }
    }

    /// The index of the first byte that is a quotation mark, a backslash, a control character or not ASCII; eight bytes at a time.
    @inline(__always)
    static func skipPlainASCII(from start: Int, _ bytes: Span<UInt8>) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high: UInt64 = 0x8080_8080_8080_8080
        var index = start
        let raw = unsafe bytes.bytes
        while index + 8 <= bytes.count {
            let word = unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            // Each term has the high bit of its lowest matching byte set; borrows spoil only bytes above that.
            let found = ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word | word) & high
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x20 || byte >= 0x80 || byte == 0x22 || byte == 0x5C { break }
            index += 1
        }
        return index
    }

    /// The length of the UTF-8 sequence of two to four bytes at the index, by table 3-7 of the Unicode standard: nothing overlong, no
    /// surrogates, nothing above U+10FFFF.
    private func sequence(at index: Int, _ bytes: Span<UInt8>) throws(JSONParseError) -> Int {
        let first = bytes[index]
        var lowest: UInt8 = 0x80
        var highest: UInt8 = 0xBF
        let length: Int
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0:
            length = 3
            lowest = 0xA0
        case 0xED:
            length = 3
            highest = 0x9F
        case 0xE1...0xEF: length = 3
        case 0xF0:
            length = 4
            lowest = 0x90
        case 0xF1...0xF3: length = 4
        case 0xF4:
            length = 4
            highest = 0x8F
        default: throw JSONParseError(.invalidUTF8, at: index, in: bytes)
        }
        for offset in 1..<length {
            guard index + offset < bytes.count else { throw JSONParseError(.unexpectedEnd, at: bytes.count, in: bytes) }
            let byte = bytes[index + offset]
            guard byte >= lowest, byte <= highest else { throw JSONParseError(.invalidUTF8, at: index, in: bytes) }
            lowest = 0x80
            highest = 0xBF
        }
        return length
    }
}

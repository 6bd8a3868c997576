#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The classes of bytes that occur in HTTP/1.1 heads (RFC 9110 §5.6.2, RFC 9112 §5), and the searches for them.
enum HTTPByte {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let colon = UInt8(ascii: ":")
    static let slash = UInt8(ascii: "/")
    static let questionMark = UInt8(ascii: "?")
    static let comma = UInt8(ascii: ",")
    static let delete: UInt8 = 0x7F

    /// Bit n is set where the byte n is a `tchar`; one word for the bytes below 64, one for those below 128.
    private static let tokens: (UInt64, UInt64) = {
        var low: UInt64 = 0
        var high: UInt64 = 0
        for byte in UInt8(0x21)...UInt8(0x7E) {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): break
            case _ where "!#$%&'*+-.^_`|~".utf8.contains(byte): break
            default: continue
            }
            if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
        }
        return (low, high)
    }()

    /// Whether all bytes of the range may stand in a token: methods and field names.
    ///
    /// False for an empty range.
    static func isToken(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard !range.isEmpty else { return false }
        let (low, high) = tokens
        for index in range {
            let byte = bytes[index]
            let word = byte < 64 ? low : high
            if byte >= 128 || word >> UInt64(byte & 63) & 1 == 0 { return false }
        }
        return true
    }

    /// Whether all bytes of the range may stand in a field value: visible ones, space, tab and `obs-text`, so no control character.
    static func isFieldValue(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops = ones << 7
        let raw = unsafe bytes.bytes
        var index = range.lowerBound
        while index + 8 <= range.upperBound {
            // Eight bytes at a time: the top bit of a byte of `low` is set where it is below 0x20, of `delete` where it is 0x7F.
            let word = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            let low = (word &- ones &* 0x20) & ~word
            let flipped = word ^ (ones &* 0x7F)
            let delete = (flipped &- ones) & ~flipped
            if (low | delete) & tops != 0 {
                for offset in index..<index + 8 where !isFieldValue(bytes[offset]) { return false }
            }
            index += 8
        }
        while index < range.upperBound {
            if !isFieldValue(bytes[index]) { return false }
            index += 1
        }
        return true
    }

    private static func isFieldValue(_ byte: UInt8) -> Bool { byte >= space ? byte != delete : byte == tab }

    /// The first place of `byte` at or after `start`; nil when there is none.
    static func firstIndex(of byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        return unsafe bytes.withUnsafeBufferPointer { pointer in
            guard let base = pointer.baseAddress, let found = unsafe memchr(base + start, Int32(byte), pointer.count - start) else {
                return nil
            }
            return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }

    /// Whether the range is `lowercase`, its ASCII letters in any case.
    static func equal(_ bytes: Span<UInt8>, _ range: Range<Int>, _ lowercase: StaticString) -> Bool {
        range.count == lowercase.utf8CodeUnitCount && starts(bytes, range, with: lowercase)
    }

    /// Whether the range begins with `lowercase`, its ASCII letters in any case and `_` standing for `-` too.
    static func starts(_ bytes: Span<UInt8>, _ range: Range<Int>, with lowercase: StaticString) -> Bool {
        guard range.count >= lowercase.utf8CodeUnitCount else { return false }
        return lowercase.withUTF8Buffer { expected in
            for offset in 0..<expected.count {
                if unsafe folded(bytes[range.lowerBound + offset]) != expected[offset] { return false }
            }
            return true
        }
    }

    /// The byte in lower case, and `_` as `-`.
    static func folded(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        case UInt8(ascii: "_"): UInt8(ascii: "-")
        default: byte
        }
    }

    /// The value of a hexadecimal digit.
    static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte &- UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte &- UInt8(ascii: "a") &+ 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte &- UInt8(ascii: "A") &+ 10
        default: nil
        }
    }
}

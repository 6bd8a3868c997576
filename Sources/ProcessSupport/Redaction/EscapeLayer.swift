/// A text, or what it stands for when its escapes are read, together with where each byte comes from in the original.
struct EscapeLayer {
    let bytes: [UInt8]
    /// For each byte, where its original begins and ends; nil when this is the original.
    private let origin: (starts: [Int], ends: [Int])?

    /// The original itself.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        origin = nil
    }

    private init(bytes: [UInt8], starts: [Int], ends: [Int]) {
        self.bytes = bytes
        origin = (starts, ends)
    }

    /// The part of the original from which these bytes come.
    func original(_ range: Range<Int>) -> Range<Int> {
        guard let origin, !range.isEmpty else { return range }
        return origin.starts[range.lowerBound]..<origin.ends[range.upperBound - 1]
    }

    /// The text with `%XX` read as bytes; nil when there is none.
    func percentDecoded() -> EscapeLayer? {
        decoded(lead: UInt8(ascii: "%")) { index in
            guard index + 2 < bytes.count, let high = bytes[index + 1].hexadecimalValue, let low = bytes[index + 2].hexadecimalValue
            else { return nil }
            return ([high << 4 | low], 3)
        }
    }

    /// The text with the escapes of JSON strings read; nil when there are none.
    func jsonUnescaped() -> EscapeLayer? {
        decoded(lead: UInt8(ascii: "\\")) { index in
            guard index + 1 < bytes.count else { return nil }
            switch bytes[index + 1] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return ([bytes[index + 1]], 2)
            case UInt8(ascii: "n"): return ([0x0A], 2)
            case UInt8(ascii: "r"): return ([0x0D], 2)
            case UInt8(ascii: "t"): return ([0x09], 2)
            case UInt8(ascii: "b"): return ([0x08], 2)
            case UInt8(ascii: "f"): return ([0x0C], 2)
            case UInt8(ascii: "u"): return unicodeEscape(index)
            default: return nil
            }
        }
    }

    private func unicodeEscape(_ index: Int) -> ([UInt8], Int)? {
        guard let unit = hexadecimal(index + 2) else { return nil }
        if let scalar = Unicode.Scalar(unit) { return (Array(String(Character(scalar)).utf8), 6) }
        guard (0xD800..<0xDC00).contains(unit), index + 7 < bytes.count, bytes[index + 6] == UInt8(ascii: "\\"),
            bytes[index + 7] == UInt8(ascii: "u"), let low = hexadecimal(index + 8), (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { return nil }
        return (Array(String(Character(scalar)).utf8), 12)
    }

    private func hexadecimal(_ index: Int) -> UInt32? {
        guard index + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[index..<index + 4] {
            guard let digit = byte.hexadecimalValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    private func decoded(lead: UInt8, _ escape: (Int) -> (bytes: [UInt8], length: Int)?) -> EscapeLayer? {
        guard bytes.contains(lead) else { return nil }
        var result: [UInt8] = []
        var starts: [Int] = []
        var ends: [Int] = []
        result.reserveCapacity(bytes.count)
        starts.reserveCapacity(bytes.count)
        ends.reserveCapacity(bytes.count)
        var index = 0
        var changed = false
        while index < bytes.count {
            var unit: (bytes: [UInt8], length: Int)?
            if bytes[index] == lead { unit = escape(index) }
            changed = changed || unit != nil
            let length = unit?.length ?? 1
            let source = original(index..<index + length)
            if let unit {
                for byte in unit.bytes {
                    result.append(byte)
                    starts.append(source.lowerBound)
                    ends.append(source.upperBound)
                }
            } else {
                result.append(bytes[index])
                starts.append(source.lowerBound)
                ends.append(source.upperBound)
            }
            index += length
        }
        return changed ? EscapeLayer(bytes: result, starts: starts, ends: ends) : nil
    }
}

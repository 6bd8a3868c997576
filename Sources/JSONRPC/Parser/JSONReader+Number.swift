extension JSONReader {
    /// The number at the position, whose first byte is a minus or a digit.
    mutating func number(_ bytes: Span<UInt8>) throws(JSONParseError) -> JSONNumber {
        let start = position
        try skipNumber(bytes)
        return JSONNumber(validated: Self.text(bytes, start, position))
    }

    /// Steps over the number at the position, whose first byte is a minus or a digit.
    mutating func skipNumber(_ bytes: Span<UInt8>) throws(JSONParseError) {
        var index = position
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let first = index
        index = try digits(from: index, bytes)
        if index - first > 1, bytes[first] == UInt8(ascii: "0") { throw JSONParseError(.invalidNumber, at: first + 1, in: bytes) }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") { index = try digits(from: index + 1, bytes) }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
            index = try digits(from: index, bytes)
        }
        position = index
    }

    /// The index behind the digits, of which there must be one.
    @inline(__always)
    private func digits(from start: Int, _ bytes: Span<UInt8>) throws(JSONParseError) -> Int {
        var index = start
        while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 { index += 1 }
        if index == start { throw JSONParseError(index < bytes.count ? .invalidNumber : .unexpectedEnd, at: index, in: bytes) }
        return index
    }

    /// A string of bytes that are known to be UTF-8.
    @inline(__always)
    static func text(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> String {
        unsafe bytes.extracting(start..<end).withUnsafeBufferPointer { (buffer) in unsafe String(decoding: buffer, as: UTF8.self) }
    }
}

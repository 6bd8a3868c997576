/// One `name=value` of an element of `Forwarded` (RFC 7239 §4).
struct ForwardedPair {
    /// The place of the name.
    let name: Range<Int>
    /// The value, without quotes.
    let value: [UInt8]
    /// Where the next pair begins, or the end of the range.
    let end: Int

    /// Reads the pair at the beginning of the range, which holds no other element; nil when there is none.
    ///
    /// White space round the pair is passed over, as other readers do. An unquoted value may hold what belongs into quotes.
    init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        var position = Self.skipBlanks(bytes, range)
        let start = position
        while position < range.upperBound, HTTPByte.isToken(bytes, position..<position + 1) { position += 1 }
        name = start..<position
        guard !name.isEmpty, position < range.upperBound, bytes[position] == UInt8(ascii: "=") else { return nil }
        position += 1
        var value: [UInt8] = []
        if position < range.upperBound, bytes[position] == UInt8(ascii: "\"") {
            position += 1
            while true {
                guard position < range.upperBound else { return nil }
                var byte = bytes[position]
                position += 1
                if byte == UInt8(ascii: "\"") { break }
                if byte == UInt8(ascii: "\\") {
                    guard position < range.upperBound else { return nil }
                    byte = bytes[position]
                    position += 1
                }
                value.append(byte)
            }
        } else {
            while position < range.upperBound, bytes[position] != UInt8(ascii: ";"), !Self.isBlank(bytes[position]) {
                guard bytes[position] != UInt8(ascii: "\"") else { return nil }
                value.append(bytes[position])
                position += 1
            }
            guard !value.isEmpty else { return nil }
        }
        position = Self.skipBlanks(bytes, position..<range.upperBound)
        if position < range.upperBound {
            guard bytes[position] == UInt8(ascii: ";") else { return nil }
            position = Self.skipBlanks(bytes, position + 1..<range.upperBound)
        }
        self.value = value
        end = position
    }

    private static func skipBlanks(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        var position = range.lowerBound
        while position < range.upperBound, isBlank(bytes[position]) { position += 1 }
        return position
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == HTTPByte.space || byte == HTTPByte.tab }
}

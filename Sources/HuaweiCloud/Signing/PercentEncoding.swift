/// Percent-encoding as the signature wants it: UTF-8 bytes, unreserved `A-Z a-z 0-9 - . _ ~`, upper-case digits, space = `%20`
/// (huaweicloud-http.md §1.2).
///
/// Foundation's encoders leave more characters alone and are of no use here (§1.5).
package enum PercentEncoding {
    /// The text with every byte outside the unreserved set encoded, `/` too: what a path piece or a query value needs.
    package static func encode(_ text: String) -> String {
        if text.utf8.allSatisfy({ isUnreserved($0) }) { return text }
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count * 3)
        append(text.utf8, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// The path of these pieces, each encoded: whatever a piece contains, it stays one piece.
    package static func path(_ pieces: [String]) -> String { pieces.map { "/" + encode($0) }.joined() }

    /// The bytes that the text stands for.
    ///
    /// A `%` without two hexadecimal digits stays; `+` stays a plus. Bytes that are not UTF-8 become U+FFFD.
    package static func decode(_ text: String) -> String { String(decoding: decoded(text.utf8), as: UTF8.self) }

    /// Whether the byte stands for itself.
    @inline(__always)
    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
        default: false
        }
    }

    /// Appends the encoded form of the bytes.
    static func append(_ bytes: some Sequence<UInt8>, to output: inout [UInt8]) {
        for byte in bytes { append(byte, to: &output) }
    }

    /// Appends the encoded form of one byte.
    @inline(__always)
    static func append(_ byte: UInt8, to output: inout [UInt8]) {
        if isUnreserved(byte) {
            output.append(byte)
        } else {
            output.append(UInt8(ascii: "%"))
            output.append(ASCII.upperHexDigit(byte >> 4))
            output.append(ASCII.upperHexDigit(byte & 0x0F))
        }
    }

    /// Decodes once; what is not UTF-8 afterwards is repaired, so that the result is text in every case.
    static func decoded(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var decodedNonASCII = false
        var index = bytes.startIndex
        while index != bytes.endIndex {
            let byte = bytes[index]
            let next = bytes.index(after: index)
            if byte == UInt8(ascii: "%"), next != bytes.endIndex, let high = ASCII.hexValue(bytes[next]) {
                let second = bytes.index(after: next)
                if second != bytes.endIndex, let low = ASCII.hexValue(bytes[second]) {
                    let value = high << 4 | low
                    decodedNonASCII = decodedNonASCII || value >= 0x80
                    output.append(value)
                    index = bytes.index(after: second)
                    continue
                }
            }
            output.append(byte)
            index = next
        }
        return decodedNonASCII ? Array(String(decoding: output, as: UTF8.self).utf8) : output
    }
}

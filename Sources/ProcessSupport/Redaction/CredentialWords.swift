/// Finds what looks like a credential although nobody configured it.
enum CredentialWords {
    /// No credential is shorter.
    static let shortest = 14

    /// The shortest first segment of a JWT that is recognised.
    private static let shortestHeader = 14

    /// What follows these names is hidden.
    private static let names = ["authorization", "x-auth-token", "x-subject-token", "x-security-token", "mcp-gateway-identity"]
        .map { Array($0.utf8) }

    private static let shortestName = 12
    private static let sdk = Array("sdk-hmac-sha256".utf8)
    private static let bearer = Array("bearer".utf8)
    private static let basic = Array("basic".utf8)

    static func find(in bytes: [UInt8], into hidden: inout HiddenRanges) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if isTokenByte(byte) {
                index = word(bytes, index, &hidden)
            } else if byte == UInt8(ascii: "%"), index + 2 < bytes.count, bytes[index + 1].hexadecimalValue != nil,
                bytes[index + 2].hexadecimalValue != nil
            {
                // The digits of an escape are no part of the word behind it.
                index += 3
            } else if byte == UInt8(ascii: "\\") {
                index += escapeLength(bytes, index)
            } else {
                index += 1
            }
        }
    }

    /// Whether a header or member of this name holds a credential.
    static func isCredentialName(_ name: [UInt8]) -> Bool { endsInCredentialName(name, name.indices) }

    private static func endsInCredentialName(_ bytes: [UInt8], _ word: Range<Int>) -> Bool {
        guard word.count >= shortestName else { return false }
        return names.contains { isEqual(bytes, word.suffix($0.count), $0) }
    }

    /// How long the escape of a JSON string is that begins here; 1 for a backslash that begins none.
    private static func escapeLength(_ bytes: [UInt8], _ index: Int) -> Int {
        guard index + 1 < bytes.count else { return 1 }
        switch bytes[index + 1] {
        case UInt8(ascii: "u"):
            return index + 5 < bytes.count && bytes[index + 2...index + 5].allSatisfy { $0.hexadecimalValue != nil } ? 6 : 1
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "b"), UInt8(ascii: "f"): return 2
        default: return 1
        }
    }

    /// Looks at the run of letters, digits, `-` and `_` that begins here, and returns where to go on.
    private static func word(_ bytes: [UInt8], _ start: Int, _ hidden: inout HiddenRanges) -> Int {
        let end = endOfToken(bytes, start)
        if let tokenEnd = jwt(bytes, start, end) {
            hidden.insert(start..<tokenEnd)
            return tokenEnd
        }
        keys(bytes, start..<end, &hidden)
        if endsInCredentialName(bytes, start..<end), let value = valueAfterName(bytes, end) {
            hidden.insert(value)
            return value.upperBound
        }
        if let value = valueAfterScheme(bytes, start..<end) {
            hidden.insert(value)
            return value.upperBound
        }
        return end
    }

    /// Access keys and secret keys: runs of exactly 20 or 40 letters and digits.
    private static func keys(_ bytes: [UInt8], _ range: Range<Int>, _ hidden: inout HiddenRanges) {
        guard range.count >= 20 else { return }
        var start = range.lowerBound
        var upper = 0
        var lower = 0
        var digits = 0
        for index in range.lowerBound...range.upperBound {
            if index < range.upperBound, bytes[index].isASCIILetterOrDigit {
                if bytes[index].isASCIIDigit { digits += 1 } else if bytes[index].isASCIIUppercase { upper += 1 } else { lower += 1 }
                continue
            }
            let isAccessKey = index - start == 20 && lower == 0 && upper > 0 && digits > 0
            let isSecretKey = index - start == 40 && lower > 0 && upper > 0 && digits > 0
            if isAccessKey || isSecretKey { hidden.insert(start..<index) }
            (start, upper, lower, digits) = (index + 1, 0, 0, 0)
        }
    }

    /// The end of a compact JWS or JWE whose first segment is `start..<end`; nil when it is none.
    ///
    /// A missing signature does not save it.
    private static func jwt(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
        guard end < bytes.count, bytes[end] == UInt8(ascii: "."), end - start >= shortestHeader else { return nil }
        guard (start...end - shortestHeader).contains(where: { beginsObject(bytes, $0) }) else { return nil }
        let payloadEnd = endOfToken(bytes, end + 1)
        guard payloadEnd > end + 1 else { return nil }
        var last = payloadEnd
        while last < bytes.count, bytes[last] == UInt8(ascii: ".") { last = endOfToken(bytes, last + 1) }
        return last > payloadEnd || beginsObject(bytes, end + 1) ? last : nil
    }

    /// Whether base64url of `{` and a quote or white space stands here.
    private static func beginsObject(_ bytes: [UInt8], _ index: Int) -> Bool {
        guard index + 2 < bytes.count, bytes[index] == UInt8(ascii: "e") else { return false }
        switch (bytes[index + 1], bytes[index + 2]) {
        case (UInt8(ascii: "y"), UInt8(ascii: "I")), (UInt8(ascii: "y"), UInt8(ascii: "J")), (UInt8(ascii: "y"), UInt8(ascii: "A")),
            (UInt8(ascii: "w"), UInt8(ascii: "o")), (UInt8(ascii: "w"), UInt8(ascii: "k")), (UInt8(ascii: "w"), UInt8(ascii: "0")):
            return true
        default: return false
        }
    }

    /// The value behind a header's or member's name: the quoted text, or else the rest of the line.
    private static func valueAfterName(_ bytes: [UInt8], _ end: Int) -> Range<Int>? {
        var index = end
        let isQuoted = skip(bytes, &index) { $0 == UInt8(ascii: "\\") || isQuote($0) }
        skip(bytes, &index, isBlank)
        guard index < bytes.count else { return nil }
        let separator = bytes[index]
        guard separator == UInt8(ascii: ":") || separator == UInt8(ascii: "=") || isQuoted && separator == UInt8(ascii: ",") else {
            return nil
        }
        index += 1
        skip(bytes, &index, isBlank)
        return value(bytes, from: index)
    }

    /// The credentials behind a scheme's name where no header's name stands in front.
    private static func valueAfterScheme(_ bytes: [UInt8], _ word: Range<Int>) -> Range<Int>? {
        guard (5...15).contains(word.count), word.upperBound < bytes.count, isBlank(bytes[word.upperBound]) else { return nil }
        var index = word.upperBound
        skip(bytes, &index, isBlank)
        switch bytes[word.upperBound - 1] {
        case UInt8(ascii: "6") where isEqual(bytes, word, sdk):
            return bytes[index...].starts(with: "Access=".utf8) ? value(bytes, from: index) : nil
        case UInt8(ascii: "r"), UInt8(ascii: "R"), UInt8(ascii: "c"), UInt8(ascii: "C"):
            guard isEqual(bytes, word, bearer) || isEqual(bytes, word, basic) else { return nil }
        default: return nil
        }
        var end = index
        skip(bytes, &end) { isTokenByte($0) || "._~+/=".utf8.contains($0) }
        let value = bytes[index..<end]
        let looksRandom = value.count >= 20 || value.count >= 8 && value.contains(where: \.isASCIIDigit)
        return looksRandom ? index..<end : nil
    }

    /// Whether the word is this lower-case one in any case.
    private static func isEqual(_ bytes: [UInt8], _ word: Range<Int>, _ lowercase: [UInt8]) -> Bool {
        guard word.count == lowercase.count else { return false }
        for (offset, index) in word.enumerated() where bytes[index].asciiLowercased != lowercase[offset] { return false }
        return true
    }

    private static func value(_ bytes: [UInt8], from start: Int) -> Range<Int>? {
        var index = start
        skip(bytes, &index) { $0 == UInt8(ascii: "\\") }
        if index < bytes.count, isQuote(bytes[index]) {
            let quote = bytes[index]
            index += 1
            let first = index
            // An escaped quote is skipped unless the quotes themselves are escaped.
            let escapesQuotes = index - start == 1
            while index < bytes.count, bytes[index] != quote {
                index += escapesQuotes && bytes[index] == UInt8(ascii: "\\") ? 2 : 1
            }
            return first < index ? first..<min(index, bytes.count) : nil
        }
        index = start
        skip(bytes, &index) { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        return start < index ? start..<index : nil
    }

    @discardableResult
    private static func skip(_ bytes: [UInt8], _ index: inout Int, _ accepts: (UInt8) -> Bool) -> Bool {
        let start = index
        while index < bytes.count, accepts(bytes[index]) { index += 1 }
        return index > start
    }

    private static func endOfToken(_ bytes: [UInt8], _ start: Int) -> Int {
        var index = start
        while index < bytes.count, isTokenByte(bytes[index]) { index += 1 }
        return index
    }

    /// Whether it is an ASCII letter or digit, `-` or `_`: a look into a set of 128 bits.
    @inline(__always)
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        byte < 64
            ? 0x03FF_2000_0000_0000 as UInt64 >> UInt64(byte) & 1 != 0
            : byte < 128 && 0x07FF_FFFE_87FF_FFFE as UInt64 >> UInt64(byte - 64) & 1 != 0
    }

    private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}

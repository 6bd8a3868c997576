import ProcessSupport

/// How far values reach (cts.md §6.4).
extension TextMasker {
    /// The end of the value that begins here; the start itself when there is none.
    func endOfValue(from start: Int, isHeader: Bool) -> Int {
        // The rest of an operator such as `=>`, `:=` or `==`, which is a value by the table but never the only one.
        var operatorEnd = start
        while operatorEnd < bytes.count, ":=>".utf8.contains(bytes[operatorEnd]) { operatorEnd += 1 }
        guard operatorEnd > start else { return endOfOperand(from: start, isHeader: isHeader) }
        let operand = skipWhiteSpace(from: operatorEnd)
        let end = endOfOperand(from: operand, isHeader: isHeader)
        return end > operand ? end : operatorEnd
    }

    private func endOfOperand(from start: Int, isHeader: Bool) -> Int {
        guard start < bytes.count else { return start }
        if let end = endOfQuoted(from: start) { return end }
        if bytes[start] == UInt8(ascii: "{") || bytes[start] == UInt8(ascii: "[") { return endOfBrackets(from: start) }
        if isHeader { return endOfHeader(from: start) }
        let end = endOfWord(from: start)
        guard Self.schemes.contains(where: { isWord(start..<end, $0) }) else { return end }
        let next = skipWhiteSpace(from: end)
        guard next > end else { return end }
        let nextEnd = max(endOfWord(from: next), endOfQuoted(from: next) ?? next)
        return nextEnd > next ? nextEnd : end
    }

    /// Behind the closing quote, or the end of the text; nil when no quote begins here, behind any number of backslashes.
    private func endOfQuoted(from start: Int) -> Int? {
        var index = start
        while index < bytes.count, bytes[index] == UInt8(ascii: "\\") { index += 1 }
        guard index < bytes.count, Self.isQuote(bytes[index]) else { return nil }
        return endOfString(from: index + 1, quote: bytes[index], backslashes: index - start)
    }

    /// Behind the same quote with the same number of backslashes; the end of the text when there is none.
    private func endOfString(from start: Int, quote: UInt8, backslashes: Int) -> Int {
        var index = start
        if backslashes == 0 {
            while index < bytes.count {
                if bytes[index] == quote { return index + 1 }
                index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
            }
            return bytes.count
        }
        var found = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\\") {
                found += 1
            } else {
                if byte == quote, found == backslashes { return index }
                found = 0
            }
        }
        return bytes.count
    }

    /// Behind the bracket that matches the one here, brackets in strings not counted; the end of the text when there is none.
    private func endOfBrackets(from start: Int) -> Int {
        var expected: [UInt8] = []
        var backslashes = 0
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\\"):
                backslashes += 1
                continue
            case UInt8(ascii: "{"): expected.append(UInt8(ascii: "}"))
            case UInt8(ascii: "["): expected.append(UInt8(ascii: "]"))
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // One that does not match is passed over: rather hide too much.
                if expected.last == byte { expected.removeLast() }
                if expected.isEmpty { return index }
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                index = endOfString(from: index, quote: byte, backslashes: backslashes)
            default: break
            }
            backslashes = 0
        }
        return bytes.count
    }

    /// The end of the line, or the next quote with its backslashes.
    private func endOfHeader(from start: Int) -> Int {
        var end = start
        while end < bytes.count, !Self.isQuote(bytes[end]), bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") { end += 1 }
        return end < bytes.count && Self.isQuote(bytes[end]) ? trimmingBackslashes(start..<end) : end
    }

    /// The next white space or one of `, ; & } ]`.
    private func endOfWord(from start: Int) -> Int {
        var index = start
        while index < bytes.count, whiteSpaceLength(at: index) == 0, !",;&}]".utf8.contains(bytes[index]) { index += 1 }
        return index
    }

    /// The end of a word of running text, which also ends at a quote and at a tag.
    func endOfCredentials(from start: Int) -> Int {
        var index = start
        while index < bytes.count, whiteSpaceLength(at: index) == 0, !",;&}]\"'<".utf8.contains(bytes[index]) { index += 1 }
        return trimmingBackslashes(start..<index)
    }

    private func trimmingBackslashes(_ range: Range<Int>) -> Int { endTrimmed(range) { $0 == UInt8(ascii: "\\") } }

    private func isWord(_ range: Range<Int>, _ lowercase: [UInt8]) -> Bool {
        range.count == lowercase.count && zip(range, lowercase).allSatisfy { bytes[$0].asciiLowercased == $1 }
    }

    /// Words that are followed by what they announce.
    private static let schemes = ["basic", "bearer", "digest", "negotiate", "ntlm", "token"].map { Array($0.utf8) }
}

extension TextMasker {
    func skipWhiteSpace(from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            let length = whiteSpaceLength(at: index)
            if length == 0 { break }
            index += length
        }
        return index
    }

    /// How many bytes the white space character has that begins here; 0 when none does.
    func whiteSpaceLength(at index: Int) -> Int {
        switch bytes[index] {
        case 0x20, 0x09...0x0D: return 1
        case 0xC2: return matches(index, 0x85) || matches(index, 0xA0) ? 2 : 0
        case 0xE1: return matches(index, 0x9A, 0x80) ? 3 : 0
        case 0xE2:
            guard index + 2 < bytes.count else { return 0 }
            switch (bytes[index + 1], bytes[index + 2]) {
            case (0x80, 0x80...0x8A), (0x80, 0xA8), (0x80, 0xA9), (0x80, 0xAF), (0x81, 0x9F): return 3
            default: return 0
            }
        case 0xE3: return matches(index, 0x80, 0x80) ? 3 : 0
        default: return 0
        }
    }

    private func matches(_ index: Int, _ rest: UInt8...) -> Bool { bytes[(index + 1)...].starts(with: rest) }
}

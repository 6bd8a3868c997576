import ProcessSupport

/// Names and what they are the names of (cts.md §6.4).
extension TextMasker {
    /// The value behind a sensitive name, and whether the name ends in a quote; nil when there is none or it is empty.
    func sensitiveValue(ofName name: Range<Int>) -> (range: Range<Int>, isQuoted: Bool)? {
        guard let (separatorEnd, isQuoted) = separator(behindName: name.upperBound), let header = sensitivity(of: name) else { return nil }
        let start = skipWhiteSpace(from: separatorEnd)
        let end = endOfValue(from: start, isHeader: header == .header)
        return start < end ? (withFurtherValues(start..<end), isQuoted) : nil
    }

    /// The value with those behind it whose names were taken for a part of it.
    func withFurtherValues(_ value: Range<Int>) -> Range<Int> {
        var end = value.upperBound
        while let further = endOfValue(ofNameAtTheEndOf: value.lowerBound..<end) { end = further }
        return value.lowerBound..<end
    }

    /// What may follow a name: its quote, white space, and then `:` or `=`, behind which this is; nil when that is not what follows.
    private func separator(behindName end: Int) -> (end: Int, isQuoted: Bool)? {
        var index = end
        while index < bytes.count, bytes[index] == UInt8(ascii: "\\") { index += 1 }
        let isQuoted = index < bytes.count && Self.isQuote(bytes[index])
        index = skipWhiteSpace(from: isQuoted ? index + 1 : end)
        guard index < bytes.count, Self.isSeparator(bytes[index]) else { return nil }
        return (index + 1, isQuoted)
    }

    /// Where the value ends whose sensitive name was taken for the value of the name before it.
    ///
    /// In `token:` LF `"password": "x"` the first value is empty, but line feeds count as white space.
    private func endOfValue(ofNameAtTheEndOf value: Range<Int>) -> Int? {
        var nameEnd = endTrimmed(value) { Self.isWhiteSpace($0) }
        var separatorEnd = value.upperBound
        if nameEnd > value.lowerBound, Self.isSeparator(bytes[nameEnd - 1]) {
            nameEnd = endTrimmed(value.lowerBound..<nameEnd) { Self.isSeparator($0) || Self.isWhiteSpace($0) }
        } else if let separator = separator(behindName: value.upperBound) {
            separatorEnd = separator.end
        } else {
            return nil
        }
        if nameEnd > value.lowerBound, Self.isQuote(bytes[nameEnd - 1]) { nameEnd -= 1 }
        nameEnd = endTrimmed(value.lowerBound..<nameEnd) { $0 == UInt8(ascii: "\\") }
        let nameStart = endTrimmed(value.lowerBound..<nameEnd) { Self.isNameByte($0) }
        guard let sensitivity = sensitivity(of: nameStart..<nameEnd) else { return nil }
        let start = skipWhiteSpace(from: separatorEnd)
        let end = endOfValue(from: start, isHeader: sensitivity == .header)
        return end > start ? end : nil
    }

    /// What kind of value a sensitive name has.
    private enum Sensitivity {
        case header
        case other
    }

    private func sensitivity(of run: Range<Int>) -> Sensitivity? {
        sensitivity(of: text(run)) ?? escapeLength(before: run).flatMap { sensitivity(of: text(run.dropFirst($0))) }
    }

    private func sensitivity(of name: String) -> Sensitivity? {
        guard SensitiveNames.contains(name) else { return nil }
        let last = SensitiveNames.significantWords(of: name).last
        return last == "authorization" || last == "cookie" || last == "cookies" ? .header : .other
    }

    /// How many characters of a run belong to an escape that began before it, as in the six characters `\\npwd=` of broken JSON.
    private func escapeLength(before run: Range<Int>) -> Int? {
        guard run.lowerBound > 0, bytes[run.lowerBound - 1] == UInt8(ascii: "\\"), let first = bytes[run].first else { return nil }
        if "nrtbf".utf8.contains(first) { return 1 }
        let digits = bytes[run].dropFirst().prefix(4)
        return first == UInt8(ascii: "u") && digits.count == 4 && digits.allSatisfy { $0.hexadecimalValue != nil } ? 5 : nil
    }

    /// The end of a range without the bytes at its end that are of a kind.
    func endTrimmed(_ range: Range<Int>, _ isLeftOut: (UInt8) -> Bool) -> Int {
        var end = range.upperBound
        while end > range.lowerBound, isLeftOut(bytes[end - 1]) { end -= 1 }
        return end
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=") }
}

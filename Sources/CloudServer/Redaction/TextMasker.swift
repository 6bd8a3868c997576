import JSONRPC
import ProcessSupport

/// The text pass (cts.md §6.4): one scan from left to right over the bytes.
///
/// Every byte is looked at a bounded number of times: what was searched is either replaced and left behind, or cannot be searched
/// again from a later start.
struct TextMasker {
    let bytes: [UInt8]
    private var position = 0
    private var output: [UInt8] = []
    /// Everything before this place is in the output.
    private var copied = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    /// The masked text.
    mutating func masked() -> String {
        while position < bytes.count { step() }
        output += bytes[copied...]
        copied = bytes.count
        return String(decoding: output, as: UTF8.self)
    }

    /// Handles what begins at the position, and moves behind it.
    private mutating func step() {
        let byte = bytes[position]
        if Self.isNameByte(byte) {
            run()
        } else if byte == UInt8(ascii: "<"), let content = sensitiveContent(ofElementAt: position) {
            element(content)
        } else {
            position += 1
        }
    }

    /// A maximal run of the characters of names.
    private mutating func run() {
        let start = position
        let end = endOfRun(from: start)
        if let token = webToken(in: start..<end) {
            replace(token, with: Masking.placeholder)
        } else if let value = sensitiveValue(ofName: start..<end) {
            replace(value.range, with: value.isQuoted ? "\"\(Masking.placeholder)\"" : Masking.placeholder)
        } else if let word = credentials(behindScheme: start..<end) {
            replace(word, with: Masking.placeholder)
        } else {
            position = end
        }
    }

    /// An XML element with a sensitive name, whose attributes are still looked at.
    private mutating func element(_ content: Range<Int>) {
        position += 1
        while position < content.lowerBound { step() }
        if position < content.upperBound { replace(max(position, content.lowerBound)..<content.upperBound, with: Masking.placeholder) }
    }

    private mutating func replace(_ range: Range<Int>, with text: String) {
        output += bytes[copied..<range.lowerBound]
        output += text.utf8
        copied = range.upperBound
        position = range.upperBound
    }
}

extension TextMasker {
    /// Letters, digits, `_`, `.`, `-` and everything that is not ASCII.
    static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

    func endOfRun(from start: Int) -> Int {
        var index = start
        while index < bytes.count, Self.isNameByte(bytes[index]) { index += 1 }
        return index
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The word after `Bearer` or `Basic`, when it is long enough to be a credential.
    private func credentials(behindScheme scheme: Range<Int>) -> Range<Int>? {
        guard scheme.count == 6 || scheme.count == 5 else { return nil }
        let name = text(scheme)
        // In running text "basic" is an ordinary word, and "bearer" hardly ever is.
        guard name.lowercased() == "bearer" || name == "Basic" else { return nil }
        let start = skipWhiteSpace(from: scheme.upperBound)
        guard start > scheme.upperBound else { return nil }
        let end = endOfCredentials(from: start)
        var characters = 0
        for byte in bytes[start..<end] where byte & 0xC0 != 0x80 { characters += 1 }
        return characters >= 8 ? withFurtherValues(start..<end) : nil
    }
}

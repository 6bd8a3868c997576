/// Why a text is no acceptable JSON document, and where.
public struct JSONParseError: Error, Sendable, Hashable {
    /// The kind of the problem.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The text ends within a value.
        case unexpectedEnd
        /// Something else was expected here.
        case unexpectedCharacter
        /// A word other than `true`, `false` and `null`.
        case invalidLiteral
        /// A number outside the grammar of RFC 8259 §6.
        case invalidNumber
        /// A backslash that starts no escape.
        case invalidEscape
        /// Half of a surrogate pair, which is no character.
        case loneSurrogate
        /// A control character within a string that is not escaped.
        case controlCharacter
        /// Bytes that are no UTF-8.
        case invalidUTF8
        /// A byte order mark at the beginning (RFC 8259 §8.1).
        case byteOrderMark
        /// A member name that its object has already.
        case duplicateKey
        /// Nesting deeper than the limit.
        case tooDeep
        /// More bytes than the limit.
        case tooLarge
        /// Something after the end of the value.
        case trailingContent
    }

    /// The kind of the problem.
    public let code: Code

    /// Where it was found, in bytes from the beginning.
    public let offset: Int

    /// The line, counted from 1.
    ///
    /// Lines end with a line feed.
    public let line: Int

    /// The code point within the line, counted from 1.
    public let column: Int

    /// The member name, for ``Code/duplicateKey``.
    public let key: String?

    /// A problem at a place in a document.
    init(_ code: Code, at offset: Int, in bytes: Span<UInt8>, key: String? = nil) {
        self.code = code
        self.offset = offset
        self.key = key
        var line = 1
        var column = 1
        for index in 0..<min(offset, bytes.count) {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0b1100_0000 != 0b1000_0000 {
                column += 1
            }
        }
        self.line = line
        self.column = column
    }
}

extension JSONParseError: CustomStringConvertible {
    /// A sentence for people, such as `unexpected character at line 2, column 7`.
    ///
    /// Of the document it repeats at most a shortened member name.
    public var description: String {
        if code == .tooLarge { return "the document is larger than \(offset) bytes" }
        return "\(problem) at line \(line), column \(column)"
    }

    private var problem: String {
        switch code {
        case .unexpectedEnd: "unexpected end"
        case .unexpectedCharacter: "unexpected character"
        case .invalidLiteral: "invalid literal"
        case .invalidNumber: "invalid number"
        case .invalidEscape: "invalid escape"
        case .loneSurrogate: "lone surrogate"
        case .controlCharacter: "unescaped control character"
        case .invalidUTF8: "invalid UTF-8"
        case .byteOrderMark: "byte order mark"
        case .duplicateKey: "duplicate member \(JSONValue.string(shortKey).text())"
        case .tooDeep: "too deep nesting"
        case .tooLarge: "too many bytes"
        case .trailingContent: "unexpected content after the value"
        }
    }

    private var shortKey: String {
        guard let key else { return "" }
        let scalars = key.unicodeScalars
        guard scalars.count > 64 else { return key }
        return String(String.UnicodeScalarView(scalars.prefix(64))) + "…"
    }
}

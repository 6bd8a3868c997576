/// How text is written into a record so that one event stays one line and nothing in it can steer a terminal.
enum LogText {
    /// The text with control characters, line separators and bidirectional controls as JSON escapes; backslash and quote too.
    static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        append(text, to: &bytes, quoting: true)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A JSON string with its quotes.
    static func appendString(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        append(text, to: &bytes, quoting: true)
        bytes.append(UInt8(ascii: "\""))
    }

    /// The words of a message in the text format: escaped, not quoted.
    ///
    /// Backslash and quote stand as they are.
    static func appendWords(_ text: String, to bytes: inout [UInt8]) {
        append(text, to: &bytes, quoting: false)
    }

    /// The value of a field in the text format: as it is when nothing in it could be misread, else a JSON string.
    static func appendFieldValue(_ text: String, to bytes: inout [UInt8]) {
        if !text.isEmpty && text.utf8.allSatisfy(isPlain) {
            bytes.append(contentsOf: text.utf8)
        } else {
            appendString(text, to: &bytes)
        }
    }

    /// The name of a field in the text format: everything that could be misread becomes `_`.
    static func appendFieldName(_ text: String, to bytes: inout [UInt8]) {
        if text.isEmpty { bytes.append(UInt8(ascii: "_")) }
        for byte in text.utf8 { bytes.append(isPlain(byte) ? byte : UInt8(ascii: "_")) }
    }

    /// Visible ASCII other than quote, equals sign and backslash.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "=") && byte != UInt8(ascii: "\\")
    }

    private static func append(_ text: String, to bytes: inout [UInt8], quoting: Bool) {
        if text.utf8.allSatisfy(isHarmless) {
            bytes.append(contentsOf: text.utf8)
            return
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                if quoting { bytes.append(UInt8(ascii: "\\")) }
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            case "\n": bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
            case "\r": bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
            case "\t": bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
            case _ where isControl(scalar): appendEscape(scalar.value, to: &bytes)
            default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
    }

    private static func isHarmless(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// C0, DEL, C1, line and paragraph separator, and the characters that turn the direction of writing.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    private static func appendEscape(_ value: UInt32, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
        for shift in [12, 8, 4, 0] as [UInt32] {
            let digit = UInt8(truncatingIfNeeded: value >> shift & 0xF)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}

/// Appends JSON text to bytes.
///
/// Non-ASCII characters and `/` stand as they are; quotation marks, backslashes and control characters are escaped.
///
/// In the styles other than pretty the output has no line feed, as line framing needs it (mcp.md §2.1).
public struct JSONWriter: Sendable {
    /// What was written.
    public var bytes: [UInt8]

    private let style: JSONStyle
    private var depth = 0

    /// A writer that appends to the bytes.
    public init(_ style: JSONStyle = .compact, appendingTo bytes: [UInt8] = []) {
        self.style = style
        self.bytes = bytes
    }

    /// Writes a value.
    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(true): append("true")
        case .bool(false): append("false")
        case .number(let number): append(raw: number.text)
        case .string(let text): write(string: text)
        case .array(let elements): write(elements)
        case .object(let object): write(object)
        }
    }

    /// Writes an object.
    public mutating func write(_ object: JSONObject) {
        if style == .compact, let encoded = object.encoded {
            bytes.append(contentsOf: encoded)
            return
        }
        bytes.append(UInt8(ascii: "{"))
        depth += 1
        var isFirst = true
        for member in object.members {
            separate(isFirst)
            isFirst = false
            write(string: member.key)
            bytes.append(UInt8(ascii: ":"))
            if style != .compact { bytes.append(UInt8(ascii: " ")) }
            write(member.value)
        }
        depth -= 1
        if !isFirst { breakLine() }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Writes an array.
    public mutating func write(_ elements: [JSONValue]) {
        bytes.append(UInt8(ascii: "["))
        depth += 1
        var isFirst = true
        for element in elements {
            separate(isFirst)
            isFirst = false
            write(element)
        }
        depth -= 1
        if !isFirst { breakLine() }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Writes a string with its quotation marks.
    public mutating func write(string text: String) {
        bytes.append(UInt8(ascii: "\""))
        withSpan(of: text.utf8) { (span) in appendEscaped(span) }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func appendEscaped(_ text: Span<UInt8>) {
        var run = 0
        while true {
            let index = Self.skipUnescaped(from: run, text)
            if index > run {
                unsafe text.extracting(run..<index).withUnsafeBufferPointer { (buffer) in unsafe bytes.append(contentsOf: buffer) }
            }
            guard index < text.count else { return }
            appendEscape(text[index])
            run = index + 1
        }
    }

    private mutating func appendEscape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            append("u00")
            bytes.append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            let low = byte & 0x0F
            bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }

    /// The index of the first byte that must be escaped; eight bytes at a time.
    @inline(__always)
    private static func skipUnescaped(from start: Int, _ text: Span<UInt8>) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high: UInt64 = 0x8080_8080_8080_8080
        var index = start
        let raw = unsafe text.bytes
        while index + 8 <= text.count {
            let word = unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            // Each term has the high bit of its lowest matching byte set; borrows spoil only bytes above that.
            let found = ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word) & high
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < text.count, text[index] >= 0x20, text[index] != 0x22, text[index] != 0x5C { index += 1 }
        return index
    }

    private mutating func separate(_ isFirst: Bool) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        switch style {
        case .compact: break
        case .spaced: if !isFirst { bytes.append(UInt8(ascii: " ")) }
        case .pretty: breakLine()
        }
    }

    private mutating func breakLine() {
        guard case .pretty(let indent) = style else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(indent, 0) * depth))
    }

    private mutating func append(_ word: StaticString) {
        word.withUTF8Buffer { (buffer) in unsafe bytes.append(contentsOf: buffer) }
    }

    private mutating func append(raw text: String) {
        withSpan(of: text.utf8) { (span) in
            unsafe span.withUnsafeBufferPointer { (buffer) in unsafe bytes.append(contentsOf: buffer) }
        }
    }
}

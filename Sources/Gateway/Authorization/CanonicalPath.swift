/// The path of a request target, decoded once (gateway.md §8.1).
///
/// Authorisation, routing and forwarding all use this one value.
struct CanonicalPath: Sendable, Hashable {
    /// Why a target is refused; the raw value follows `bad-path:`.
    enum Fault: String, Error, Sendable, Hashable {
        case notAbsolute = "not-absolute"
        case escape = "incomplete-escape"
        case encoding = "not-utf-8"
        case encodedDelimiter = "encoded-delimiter"
        case controlCharacter = "control-character"
        case rawCharacter = "raw-character"
        case emptySegment = "empty-segment"
        case dotSegment = "dot-segment"
    }

    /// The decoded path.
    ///
    /// Begins with `/`; has no empty segment, but may end with `/`.
    let text: String
    /// What follows the first `?`, as it was sent; nil without one.
    let query: String?

    /// Reads a request target in origin form.
    init(target: String) throws(Fault) {
        let bytes = Array(target.utf8)
        guard bytes.first == UInt8(ascii: "/") else { throw .notAbsolute }
        for byte in bytes where byte < 0x21 || byte > 0x7E || byte == UInt8(ascii: "#") { throw .rawCharacter }
        let end = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
        let path = bytes[..<end]
        let decoded = path.contains(UInt8(ascii: "%")) || path.contains(UInt8(ascii: "\\")) ? try Self.decode(path) : Array(path)
        guard let text = String(validating: decoded, as: UTF8.self) else { throw .encoding }
        try Self.checkSegments(decoded)
        self.text = text
        query = end == bytes.endIndex ? nil : String(decoding: bytes[(end + 1)...], as: UTF8.self)
    }

    /// The path for a request line: every byte that may not stand in a path segment is percent-encoded.
    static func encoded(_ path: some StringProtocol) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(path.utf8.count)
        for byte in path.utf8 {
            if byte == UInt8(ascii: "/") || isSegmentCharacter(byte) {
                out.append(byte)
            } else {
                out += [UInt8(ascii: "%"), hexDigit(byte >> 4), hexDigit(byte & 0xF)]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func decode(_ path: ArraySlice<UInt8>) throws(Fault) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(path.count)
        var index = path.startIndex
        while index < path.endIndex {
            let byte = path[index]
            if byte == UInt8(ascii: "\\") { throw .rawCharacter }
            guard byte == UInt8(ascii: "%") else {
                out.append(byte)
                index += 1
                continue
            }
            guard index + 2 < path.endIndex, let high = hexValue(path[index + 1]), let low = hexValue(path[index + 2]) else {
                throw .escape
            }
            let value = high << 4 | low
            switch value {
            case UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "%"): throw .encodedDelimiter
            case 0..<0x20, 0x7F: throw .controlCharacter
            default: out.append(value)
            }
            index += 3
        }
        return out
    }

    private static func checkSegments(_ path: [UInt8]) throws(Fault) {
        var length = 0
        var dots = 0
        for byte in path.dropFirst() {
            if byte == UInt8(ascii: "/") {
                if length == 0 { throw .emptySegment }
                if dots == length && dots <= 2 { throw .dotSegment }
                length = 0
                dots = 0
            } else {
                length += 1
                if byte == UInt8(ascii: ".") { dots += 1 }
            }
        }
        if length > 0 && dots == length && dots <= 2 { throw .dotSegment }
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func hexDigit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "A") + nibble - 10 }

    /// `pchar` of RFC 3986 §3.3 without the percent sign.
    private static func isSegmentCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"), UInt8(ascii: "@"): true
        case UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"): true
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="): true
        default: false
        }
    }
}

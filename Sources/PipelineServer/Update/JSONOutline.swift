import JSONRPC

/// Where the parts of a JSON text stand in it, so that one value can be replaced and every other byte stays.
///
/// Only for a text that the parser has accepted; of any other it says nothing useful. It does not recurse.
struct JSONOutline {
    /// A member of an object.
    struct Member {
        /// The name, decoded.
        var key: String
        /// Where the value stands.
        var value: Range<Int>
    }

    private let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    /// Where the value of the whole text stands, without the white space round it.
    var root: Range<Int> {
        let start = skipWhitespace(from: 0)
        return start..<end(of: start)
    }

    /// The members of the object that stands there, duplicates included; none for anything else.
    func members(of object: Range<Int>) -> [Member] {
        var members: [Member] = []
        var position = first(in: object, opening: UInt8(ascii: "{"))
        while let start = position, byte(start) == UInt8(ascii: "\"") {
            let colon = skipWhitespace(from: end(of: start))
            let valueStart = skipWhitespace(from: colon + 1)
            let value = valueStart..<end(of: valueStart)
            guard let key = try? JSONParser.parse(bytes[start..<end(of: start)]).stringValue else { return members }
            members.append(Member(key: key, value: value))
            position = next(after: value)
        }
        return members
    }

    /// The elements of the array that stands there; none for anything else.
    func elements(of array: Range<Int>) -> [Range<Int>] {
        var elements: [Range<Int>] = []
        var position = first(in: array, opening: UInt8(ascii: "["))
        while let start = position, start < array.upperBound, byte(start) != UInt8(ascii: "]") {
            let element = start..<end(of: start)
            elements.append(element)
            position = next(after: element)
        }
        return elements
    }

    /// Where the value of a member stands; of duplicates the last one counts, as it does for the lenient parser.
    func value(of key: String, in object: Range<Int>) -> Range<Int>? {
        members(of: object).last { ExactString.same($0.key, key) }?.value
    }

    /// The text with these pieces replaced; they do not overlap.
    func replacing(_ pieces: [(range: Range<Int>, text: String)]) -> String {
        var output: [UInt8] = []
        var position = 0
        for piece in pieces.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            output += bytes[position..<piece.range.lowerBound]
            output += piece.text.utf8
            position = piece.range.upperBound
        }
        output += bytes[position...]
        return String(decoding: output, as: UTF8.self)
    }

    private func byte(_ position: Int) -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private func first(in container: Range<Int>, opening bracket: UInt8) -> Int? {
        byte(container.lowerBound) == bracket ? skipWhitespace(from: container.lowerBound + 1) : nil
    }

    private func next(after value: Range<Int>) -> Int? {
        let comma = skipWhitespace(from: value.upperBound)
        return byte(comma) == UInt8(ascii: ",") ? skipWhitespace(from: comma + 1) : nil
    }

    private func skipWhitespace(from start: Int) -> Int {
        var position = start
        while let byte = byte(position), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
        return min(position, bytes.count)
    }

    /// The end of the value that begins at the position.
    private func end(of start: Int) -> Int {
        var position = start
        var depth = 0
        while let byte = byte(position) {
            switch byte {
            case UInt8(ascii: "\""): position = endOfString(from: position)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return position }
                depth -= 1
                position += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x0A, 0x0D, 0x09:
                if depth == 0 { return position }
                position += 1
                continue
            default:
                position += 1
                continue
            }
            if depth == 0 { return min(position, bytes.count) }
        }
        return bytes.count
    }

    private func endOfString(from start: Int) -> Int {
        var position = start + 1
        while let byte = byte(position) {
            position += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == UInt8(ascii: "\"") { return position }
        }
        return bytes.count
    }
}

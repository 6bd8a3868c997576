import ProcessSupport

/// Reads a time from left to right.
struct TimeScanner {
    private var rest: ArraySlice<UInt8>

    init(_ text: [UInt8]) { rest = text[...] }

    var isAtEnd: Bool { rest.isEmpty }

    /// Takes the character if it stands next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == character.value else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Takes the next byte.
    mutating func next() -> UInt8? { rest.popFirst() }

    /// Leaves out so many bytes.
    mutating func skip(_ count: Int) { rest = rest.dropFirst(count) }

    /// Leaves out spaces, tabs and line ends.
    mutating func skipWhiteSpace() { rest = rest.drop { $0 == 0x20 || 0x09...0x0D ~= $0 } }

    /// Takes all digits that stand next.
    mutating func digits() -> ArraySlice<UInt8> {
        let digits = rest.prefix { $0.isASCIIDigit }
        rest = rest[digits.endIndex...]
        return digits
    }

    /// Takes exactly so many digits; nil when fewer stand next.
    mutating func number(digits count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(\.isASCIIDigit) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}

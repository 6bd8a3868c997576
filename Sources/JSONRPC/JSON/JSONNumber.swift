/// A JSON number, kept as its text, so that no digit is lost on the way through.
public struct JSONNumber: Sendable {
    /// The number as it stands in the JSON text; always valid by the grammar of RFC 8259 §6.
    public let text: String

    /// A number whose text the parser has checked.
    init(validated text: String) { self.text = text }

    /// An integer.
    public init(_ value: Int) { text = String(value) }

    /// A floating-point number in its shortest text that reads back equal; nil when it is not finite.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        text = value.description
    }

    /// The value when it is integral and fits in 64 bits, also when written `5.0` or `1e2`; nil otherwise.
    public var int: Int? {
        if let plain = Int(text) { return plain }
        return Self.integral(text)
    }

    /// The nearest binary floating-point value; infinite when it is out of range.
    public var double: Double { Double(text) ?? .nan }

    /// Moves the decimal point by the exponent over the digits themselves, so that nothing is rounded.
    private static func integral(_ text: String) -> Int? {
        var negative = false
        var digits: [UInt8] = []
        var fractionDigits = 0
        var exponent = 0
        var exponentNegative = false
        var part = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"): if part == 2 { exponentNegative = true } else { negative = true }
            case UInt8(ascii: "+"): break
            case UInt8(ascii: "."): part = 1
            case UInt8(ascii: "e"), UInt8(ascii: "E"): part = 2
            default:
                let digit = byte - UInt8(ascii: "0")
                if part == 2 {
                    exponent = min(exponent * 10 + Int(digit), 1_000_000)
                } else {
                    digits.append(digit)
                    if part == 1 { fractionDigits += 1 }
                }
            }
        }
        while let last = digits.last, last == 0, digits.count > 1 {
            digits.removeLast()
            fractionDigits -= 1
        }
        if digits.allSatisfy({ $0 == 0 }) { return 0 }
        let shift = (exponentNegative ? -exponent : exponent) - fractionDigits
        guard shift >= 0, shift <= 19 else { return nil }
        var value = 0
        for digit in digits + Array(repeating: 0, count: shift) {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow2) = product.subtractingReportingOverflow(Int(digit))
            if overflow || overflow2 { return nil }
            value = sum
        }
        if negative { return value }
        let (positive, overflow) = 0.subtractingReportingOverflow(value)
        return overflow ? nil : positive
    }
}

extension JSONNumber: Hashable {
    /// Equal values: `1`, `1.0` and `1e0` are one number. Integers are compared exactly, everything else as floating point.
    public static func == (lhs: JSONNumber, rhs: JSONNumber) -> Bool {
        if lhs.text == rhs.text { return true }
        switch (lhs.int, rhs.int) {
        case (let left?, let right?): return left == right
        case (nil, nil): return lhs.double == rhs.double
        default: return false
        }
    }

    public func hash(into hasher: inout Hasher) {
        if let int { hasher.combine(int) } else { hasher.combine(double) }
    }
}

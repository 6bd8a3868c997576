/// The exact value of a number's text: an integer of significant digits, shifted by a power of ten.
struct ExactDecimal: Hashable {
    /// Whether it is less than zero.
    private(set) var isNegative = false

    /// The digits (0 to 9) without zeros at either end; none for zero.
    private(set) var digits: [UInt8] = []

    /// The power of ten by which the digits count; 0 for zero.
    ///
    /// It saturates far beyond what a document can spell out.
    private(set) var exponent = 0

    private static let largestExponent = 1 << 60

    /// The value of a text that the grammar of RFC 8259 §6 allows.
    init(_ text: String) {
        var written = 0
        var isExponentNegative = false
        var isFraction = false
        var isExponent = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"): if isExponent { isExponentNegative = true } else { isNegative = true }
            case UInt8(ascii: "+"): break
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): isExponent = true
            default:
                let digit = byte &- UInt8(ascii: "0")
                if isExponent {
                    written = min(min(written, Self.largestExponent / 16) * 10 + Int(digit), Self.largestExponent)
                } else {
                    if digit != 0 || !digits.isEmpty { digits.append(digit) }
                    if isFraction { exponent -= 1 }
                }
            }
        }
        while digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
        if digits.isEmpty {
            isNegative = false
            exponent = 0
        } else {
            exponent += isExponentNegative ? -written : written
        }
    }

    /// Whether nothing stands behind the point.
    var isIntegral: Bool { exponent >= 0 }

    /// The value, when it is integral and fits.
    var int: Int? {
        guard exponent >= 0, exponent + digits.count <= 19 else { return nil }
        var value = 0
        for index in 0..<digits.count + exponent {
            let digit = index < digits.count ? Int(digits[index]) : 0
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            // Negative numbers reach one further.
            let (sum, overflow2) = isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
            if overflow || overflow2 { return nil }
            value = sum
        }
        return value
    }

    static func < (lhs: ExactDecimal, rhs: ExactDecimal) -> Bool {
        if lhs.sign != rhs.sign { return lhs.sign < rhs.sign }
        return lhs.isNegative ? rhs.isMagnitudeLess(than: lhs) : lhs.isMagnitudeLess(than: rhs)
    }

    private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

    private func isMagnitudeLess(than other: ExactDecimal) -> Bool {
        let place = exponent + digits.count
        let otherPlace = other.exponent + other.digits.count
        return place == otherPlace ? digits.lexicographicallyPrecedes(other.digits) : place < otherPlace
    }

    /// Whether this is a whole multiple of the divisor; nil when the divisor has more than 18 significant digits or is zero.
    func isMultiple(of divisor: ExactDecimal) -> Bool? {
        guard !divisor.digits.isEmpty, divisor.digits.count <= 18 else { return nil }
        if digits.isEmpty { return true }
        // The last digit is not zero, so there is no factor of ten to give.
        guard exponent >= divisor.exponent else { return false }
        let modulus = divisor.digits.reduce(0 as UInt64) { $0 * 10 + UInt64($1) }
        let remainder = digits.reduce(0 as UInt64) { (sum, digit) in (sum.multiplied(by: 10, modulo: modulus) + UInt64(digit)) % modulus }
        var power = 1 % modulus
        var square = 10 % modulus
        var left = exponent - divisor.exponent
        while left > 0 {
            if left & 1 == 1 { power = power.multiplied(by: square, modulo: modulus) }
            square = square.multiplied(by: square, modulo: modulus)
            left >>= 1
        }
        return remainder.multiplied(by: power, modulo: modulus) == 0
    }
}

extension UInt64 {
    fileprivate func multiplied(by other: UInt64, modulo modulus: UInt64) -> UInt64 {
        modulus.dividingFullWidth((self % modulus).multipliedFullWidth(by: other % modulus)).remainder
    }
}

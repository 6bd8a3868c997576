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
    public var int: Int? { Int(text) ?? ExactDecimal(text).int }

    /// The nearest binary floating-point value; infinite when it is out of range.
    public var double: Double { Double(text) ?? .nan }

    /// Whether the value is an integer of any size, also when written `5.0` or `1e2`.
    public var isIntegral: Bool { Int(text) != nil || ExactDecimal(text).isIntegral }

    /// Whether the value is a whole multiple of another, without rounding; nil when that has more than 18 significant digits or is zero.
    public func isMultiple(of divisor: JSONNumber) -> Bool? {
        if let value = Int(text), let step = Int(divisor.text), step > 0 { return value % step == 0 }
        return ExactDecimal(text).isMultiple(of: ExactDecimal(divisor.text))
    }

    /// Whether the value is zero, negative zero included.
    public var isZero: Bool { ExactDecimal(text).digits.isEmpty }
}

extension JSONNumber: Comparable {
    /// Equal values: `1`, `1.0` and `1e0` are one number.
    ///
    /// Nothing is rounded.
    public static func == (lhs: JSONNumber, rhs: JSONNumber) -> Bool {
        if let left = Int(lhs.text), let right = Int(rhs.text) { return left == right }
        return ExactDecimal(lhs.text) == ExactDecimal(rhs.text)
    }

    /// The order of the values.
    ///
    /// Nothing is rounded.
    public static func < (lhs: JSONNumber, rhs: JSONNumber) -> Bool {
        if let left = Int(lhs.text), let right = Int(rhs.text) { return left < right }
        return ExactDecimal(lhs.text) < ExactDecimal(rhs.text)
    }
}

extension JSONNumber: Hashable {
    /// Feeds the value to a hasher, consistently with equality.
    public func hash(into hasher: inout Hasher) {
        // Equal numbers are the same integer or none, so this agrees with ==, and ids are hashed fast.
        if let int { hasher.combine(int) } else { hasher.combine(ExactDecimal(text)) }
    }
}

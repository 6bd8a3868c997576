/// A set of Unicode scalars: one character, an escape such as `\d`, or a class in brackets.
struct ScalarSet: Sendable {
    /// Scalars by their property; `isInverted` for `\P`.
    struct Property: Sendable {
        let contains: @Sendable (Unicode.Scalar) -> Bool
        let isInverted: Bool
    }

    private var lowASCII: UInt64 = 0
    private var highASCII: UInt64 = 0
    private var ranges: [ClosedRange<UInt32>] = []
    private var properties: [Property] = []

    /// Whether the set is everything but what was added.
    var isInverted = false

    init() {}

    init(_ scalar: Unicode.Scalar) { insert(scalar.value...scalar.value) }

    /// Adds a range.
    mutating func insert(_ range: ClosedRange<UInt32>) {
        if range.lowerBound < 128 {
            for value in range.lowerBound...min(range.upperBound, 127) {
                if value < 64 { lowASCII |= 1 << UInt64(value) } else { highASCII |= 1 << UInt64(value - 64) }
            }
        }
        if range.upperBound >= 128 { ranges.append(max(range.lowerBound, 128)...range.upperBound) }
    }

    /// Adds everything with a property.
    mutating func insert(_ property: Property) { properties.append(property) }

    /// Adds another set.
    mutating func formUnion(_ other: ScalarSet) {
        guard !other.isInverted else {
            properties.append(Property(contains: { other.contains($0) }, isInverted: false))
            return
        }
        lowASCII |= other.lowASCII
        highASCII |= other.highASCII
        ranges += other.ranges
        properties += other.properties
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool { isMember(scalar) != isInverted }

    private func isMember(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 64 {
            if lowASCII >> UInt64(value) & 1 == 1 { return true }
        } else if value < 128 {
            if highASCII >> UInt64(value - 64) & 1 == 1 { return true }
        } else if ranges.contains(where: { $0.contains(value) }) {
            return true
        }
        return !properties.isEmpty && properties.contains { $0.contains(scalar) != $0.isInverted }
    }
}

extension ScalarSet {
    /// The digits: `\d`.
    static var digits: ScalarSet { of([0x30...0x39]) }

    /// The characters of words: `\w`.
    static var word: ScalarSet { of([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]) }

    /// White space and line terminators of ECMA-262: `\s`.
    static var space: ScalarSet {
        of([
            0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F, 0x205F...0x205F,
            0x3000...0x3000, 0xFEFF...0xFEFF,
        ])
    }

    /// Everything but line terminators, for a dot.
    static var dot: ScalarSet { of([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029]).inverted }

    /// The complement.
    var inverted: ScalarSet {
        var copy = self
        copy.isInverted.toggle()
        return copy
    }

    private static func of(_ ranges: [ClosedRange<UInt32>]) -> ScalarSet {
        var set = ScalarSet()
        for range in ranges { set.insert(range) }
        return set
    }
}

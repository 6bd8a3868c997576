/// A sequence of fields that can be told apart whatever is in them.
struct LengthPrefixed: Sendable {
    private(set) var bytes: [UInt8] = []

    /// Adds a field: its length in eight bytes, then its bytes.
    mutating func append(_ field: [UInt8]) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: field.count >> shift)) }
        bytes.append(contentsOf: field)
    }
}

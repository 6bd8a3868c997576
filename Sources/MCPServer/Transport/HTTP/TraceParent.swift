/// The header `traceparent` of W3C Trace Context, as far as logs need it.
struct TraceParent: Sendable, Hashable {
    /// The trace id: 32 lower-case hexadecimal digits, not all 0.
    let traceID: String

    /// The length of version 00; later ones may go on behind another `-`.
    private static let length = 55

    /// Reads the values of the header; nil unless there is exactly one, and it is well formed.
    init?(_ values: [String]) {
        guard values.count == 1, let text = values.first, text.utf8.count >= Self.length else { return nil }
        let bytes = Array(text.utf8)
        let parts = bytes.prefix(Self.length).split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [2, 32, 16, 2], parts.joined().allSatisfy(Self.isLowerHexadecimal) else { return nil }
        switch String(decoding: parts[0], as: UTF8.self) {
        case "00": guard bytes.count == Self.length else { return nil }
        case "ff": return nil
        default: guard bytes.count == Self.length || bytes[Self.length] == UInt8(ascii: "-") else { return nil }
        }
        guard Self.isNotZero(parts[1]), Self.isNotZero(parts[2]) else { return nil }
        traceID = String(decoding: parts[1], as: UTF8.self)
    }

    private static func isLowerHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    private static func isNotZero(_ digits: ArraySlice<UInt8>) -> Bool { digits.contains { $0 != UInt8(ascii: "0") } }
}

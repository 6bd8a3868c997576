import HuaweiCloud

/// Makes the identifiers that the cloud hands out.
///
/// Repeatable: the same seed gives the same identifiers.
struct IdentifierSource: Sendable, Hashable {
    private var state: UInt64

    /// A source whose every answer follows from the seed.
    init(seed: UInt64) { state = seed }

    /// A version 4 UUID in lower case: servers, requests, traces.
    mutating func uuid() -> String {
        var hex = Array(hex(32))
        hex[12] = "4"
        hex[16] = ["8", "9", "a", "b"][Int(next() & 3)]
        return [hex[0..<8], hex[8..<12], hex[12..<16], hex[16..<20], hex[20..<32]].map { String($0) }.joined(separator: "-")
    }

    /// 32 hexadecimal digits: requests at the API gateway, pipelines, runs.
    mutating func hex32() -> String { hex(32) }

    /// 32 hexadecimal digits with the prefix that jobs of ECS have.
    mutating func job() -> String { "ff8080829" + hex(23) }

    /// An order number as the billing centre writes it: `CS`, date and a number.
    mutating func order(_ now: Timestamp) -> String {
        let digits = (0..<6).map { _ in String(next() % 10) }.joined()
        return "CS" + SigningDate.text(now.date).prefix(8) + digits
    }

    private mutating func hex(_ count: Int) -> String {
        var text = ""
        while text.utf8.count < count {
            let digits = String(next(), radix: 16)
            text += String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }
        return String(text.prefix(count))
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

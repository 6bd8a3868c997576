import JSONRPC

/// Makes JSON values of every kind.
struct DocumentGenerator {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func value(depth: Int = 4) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .int(Int.random(in: -1_000_000...1_000_000, using: &random))
        case 3: return JSONNumber(Double.random(in: -1e6...1e6, using: &random)).map(JSONValue.number) ?? .null
        case 4: return .string(text())
        case 5, 6:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...6, using: &random) { object[text()] = value(depth: depth - 1) }
            return .object(object)
        default:
            return .array((0..<Int.random(in: 0...6, using: &random)).map { _ in value(depth: depth - 1) })
        }
    }

    mutating func text() -> String {
        let pieces = [
            "", "a", "key", "\"", "\\", "/", "\n", "\u{0}", "\u{1F}", "\u{7F}", "é", "e\u{301}", "漢", "\u{FFFF}", "😀", "\u{10FFFF}",
            "\u{2028}",
        ]
        return (0..<Int.random(in: 0...5, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    /// The bytes with a few of them changed, doubled, moved or taken away.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        let interesting: [UInt8] = Array("{}[]:,\"\\u0dD8etfn-+.1E \n".utf8) + [0x00, 0x1F, 0x80, 0xC0, 0xE2, 0xED, 0xF4, 0xFF]
        for _ in 0..<Int.random(in: 1...4, using: &random) where !result.isEmpty {
            let place = Int.random(in: 0..<result.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: result[place] = interesting.randomElement(using: &random) ?? 0
            case 1: result[place] = UInt8.random(in: 0...255, using: &random)
            case 2: result.remove(at: place)
            case 3: result.insert(interesting.randomElement(using: &random) ?? 0, at: place)
            default:
                let end = Int.random(in: place..<result.count, using: &random)
                result.insert(contentsOf: result[place...end], at: place)
            }
        }
        return result
    }
}
